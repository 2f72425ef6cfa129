import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startVsftpd } from "../ftpd/realServers.ts";
import { layTestBed } from "../support/testBed.ts";

const bed = layTestBed("speed");
const kibibyte = 1024;
const bytes = Buffer.alloc(1200 * kibibyte, "0123456789abcdef");
const rate = 600 * kibibyte;
const leastMs = 1_500; // two seconds, less a burst; there is no most: a busy computer may take longer

describe.each(["off", "required"] as const)("a limit of 600 KiB a second, TLS %s", (tls) => {
  const site = { encryption: tls === "off" ? "plain" : "tls-required" } as const;

  async function set() {
    const server = await bed.serve(startVsftpd, { tls });
    const { engine, siteId } = await bed.engineWithSite(server, site);
    const connecting = engine.connect(siteId);
    if (tls !== "off") {
      const prompt = await engine.untilPrompt("certificate");
      await engine.answer(prompt, { kind: "certificate", decision: "trust-once" });
    }
    const connection = await connecting;
    return { server, engine, connection, siteId };
  }

  test("for all holds up and down, for one file and for several at once", { timeout: 60_000 }, async () => {
    const { server, engine, connection } = await set();
    await engine.call("settings.change", {
      limitsSpeed: true,
      maxDownBytesPerSecond: rate,
      maxUpBytesPerSecond: rate,
      maxTransfers: 4,
    });
    await writeFile(join(engine.home, "one"), bytes);
    const upMs = await timed(() => move("upload", ["one"]));
    expect(upMs).toBeGreaterThan(leastMs);
    expect(Buffer.compare(await readFile(join(server.root, "one")), bytes)).toBe(0);

    for (const name of ["a", "b", "c", "d"])
      await writeFile(join(server.root, name), bytes.subarray(0, bytes.length / 4));
    server.handOver();
    const downMs = await timed(() => move("download", ["a", "b", "c", "d"]));
    expect(downMs).toBeGreaterThan(leastMs);
    expect(Buffer.compare(await readFile(join(engine.home, "d")), bytes.subarray(0, bytes.length / 4))).toBe(0);

    async function move(direction: "upload" | "download", names: readonly string[]) {
      const size = bytes.length / names.length;
      const from = direction === "upload" ? engine.home : "/";
      await engine.call("queue.add", {
        direction,
        connectionId: connection.id,
        sources: names.map((name) => ({
          path: `${from.replace(/\/$/, "")}/${name}`,
          name,
          type: "file",
          size,
          modifiedMs: null,
        })),
        targetPath: direction === "upload" ? "/" : engine.home,
      });
      await engine.untilQueue(({ queued, running, waiting }) => queued + running + waiting === 0);
      expect(await engine.rows("failed")).toEqual([]);
    }
  });
});

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
