import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { writeLargeFile } from "../bench/race/writeLargeFile.ts";
import { startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import type { RealServerOptions } from "../ftpd/serverProgram.ts";
import { openSlowLine } from "../ftpd/slowLine.ts";
import { layTestBed } from "../support/testBed.ts";

const run = promisify(execFile);
const bed = layTestBed("segments");
const size = 100 * 1024 * 1024;

describe.each([
  ["vsftpd", startVsftpd],
  ["ProFTPD", startProftpd],
])("a large file from far away, from %s", (_, start) => {
  test.each<{ name: string; options: RealServerOptions }>([
    { name: "plain", options: {} },
    { name: "TLS, session reuse required", options: { tls: "required", requireReuse: true } },
  ])("comes whole over several sessions, and the sessions go on working: $name", async ({ options }) => {
    const server = await bed.serve(start, options);
    const source = join(server.root, "large.bin");
    await writeLargeFile(source, size);
    const line = await bed.serve(
      async (quality) => {
        const { close, ...far } = await openSlowLine(server, quality);
        return { ...far, stop: close };
      },
      { roundTripMs: 30, bytesPerSecond: 16e6 },
    );
    const encryption = options.tls ? "tls-required" : "plain";
    const { engine, siteId } = await bed.engineWithSite(server, { host: line.host, encryption });
    const connecting = engine.connect(siteId);
    if (options.tls) {
      const prompt = await engine.untilPrompt("certificate");
      await engine.answer(prompt, { kind: "certificate", decision: "trust-always" });
    }
    const { id: connectionId } = await connecting;

    const one = { path: "/large.bin", name: "large.bin", type: "file" as const, size, modifiedMs: null };
    await engine.call("queue.add", { direction: "download", connectionId, sources: [one], targetPath: engine.home });
    await engine.untilQueue(({ completed, failed }) => completed + failed > 0);
    expect(await engine.rows("failed")).toEqual([]);
    await run("cmp", [source, join(engine.home, "large.bin")]);

    const seen = (await server.transfersSeen()).filter(({ path }) => path === "/large.bin");
    expect(seen.length).toBeGreaterThan(2);
    expect(engine.log().filter(({ kind }) => kind === "error")).toEqual([]);
  });
});
