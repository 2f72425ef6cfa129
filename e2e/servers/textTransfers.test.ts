import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import type { RealServerOptions } from "../ftpd/serverProgram.ts";
import type { TestEngine } from "../support/engine.ts";
import { layTestBed } from "../support/testBed.ts";

const bed = layTestBed("text");

/** About 5 MiB of lines of every length. */
const manyLines = Array.from({ length: 80_000 }, (_, index) => "a line, ".repeat(index % 17)).join("\n");
const texts = {
  "lines.txt": "one\ntwo\n\nfour",
  "large.csv.txt": manyLines,
  "中文.txt": "第一行\n第二行：“测试”\n",
  "mixed.txt": "a\nb\r\nc\rd\n\r\n\r",
  "empty.txt": "",
};

describe.each<[string, typeof startVsftpd, RealServerOptions]>([
  ["vsftpd", startVsftpd, {}],
  ["ProFTPD", startProftpd, {}],
  ["vsftpd over TLS", startVsftpd, { tls: "required" }],
  ["ProFTPD over TLS", startProftpd, { tls: "required" }],
])("text on %s", (_, start, options) => {
  const sourceOf = (path: string, name: string) =>
    ({ path, name, type: "file", size: null, modifiedMs: null }) as const;
  const wireOf = (name: string) => Buffer.from(name).toString("latin1");

  async function connected() {
    const server = await bed.serve(start, options);
    const encryption = options.tls === undefined ? "plain" : "tls-required";
    const { engine, siteId } = await bed.engineWithSite(server, { encryption });
    await engine.call("settings.change", { transferType: "auto", downloadConflict: "overwrite" });
    const connecting = engine.connect(siteId);
    if (encryption === "tls-required") {
      await engine.answer(await engine.untilPrompt("certificate"), { kind: "certificate", decision: "trust-once" });
    }
    return { server, engine, connectionId: (await connecting).id };
  }

  async function untilDone(engine: TestEngine, count: number): Promise<void> {
    const summary = await engine.untilQueue(({ completed, failed }) => completed + failed === count);
    expect(await engine.rows("failed")).toEqual([]);
    expect(summary.completed).toBe(count);
  }

  test("goes and comes with its lines, in TYPE A, and bytes beside it as they are", async () => {
    const { server, engine, connectionId } = await connected();
    const binary = Buffer.from("\r\n\n\r\0".repeat(1000), "latin1");
    const names = [...Object.keys(texts), "bytes.bin"];
    for (const [name, text] of Object.entries(texts)) await writeFile(join(engine.home, name), text);
    await writeFile(join(engine.home, "bytes.bin"), binary);

    const uploads = names.map((name) => sourceOf(join(engine.home, name), name));
    await engine.call("queue.add", { direction: "upload", connectionId, sources: uploads, targetPath: "/" });
    await untilDone(engine, names.length);
    for (const [name, text] of Object.entries(texts)) {
      // The server keeps lines its own way: LF, as CR LF came for each.
      expect(hashOf(await readFile(join(server.root, name)))).toBe(hashOf(text.replaceAll(/\r?\n/g, "\n")));
    }
    expect((await readFile(join(server.root, "bytes.bin"))).equals(binary)).toBe(true);

    for (const name of names) await writeFile(join(engine.home, name), "old");
    const downloads = names.map((name) => sourceOf(`/${wireOf(name)}`, name));
    await engine.call("queue.add", {
      direction: "download",
      connectionId,
      sources: downloads,
      targetPath: engine.home,
    });
    await untilDone(engine, 2 * names.length);
    for (const [name, text] of Object.entries(texts)) {
      expect(hashOf(await readFile(join(engine.home, name)))).toBe(hashOf(text.replaceAll(/\r?\n/g, "\n")));
    }
    expect((await readFile(join(engine.home, "bytes.bin"))).equals(binary)).toBe(true);

    const commands = await server.commandsSeen();
    const types = commands.filter(({ verb }) => verb === "TYPE").map(({ argument }) => argument);
    expect(types).toContain("A");
    expect(commands.some(({ verb }) => verb === "REST")).toBe(false);
  });
});

function hashOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
