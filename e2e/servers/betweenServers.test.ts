import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeLargeFile } from "../bench/race/writeLargeFile.ts";
import { type RealServer, startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import type { TestEngine } from "../support/engine.ts";
import { layTestBed } from "../support/testBed.ts";
import { hashTree } from "../support/trees.ts";

const bed = layTestBed("between");
const open = { allowsForeignAddress: true };

/** An engine connected to the source, with a site of the target. */
async function connectBoth(source: RealServer, target: RealServer, allowsFxp = true) {
  const { engine, siteId } = await bed.engineWithSite(source, { allowsFxp });
  const settings = { port: target.port, user: target.user, encryption: "plain", allowsFxp } as const;
  const otherId = await engine.createSite(settings, target.password);
  const from = await engine.connect(siteId);
  const copy = (wireNames: readonly string[], signal?: AbortSignal) =>
    engine.call(
      "entries.copyToSite",
      { connectionId: from.id, path: "/", wireNames: [...wireNames], target: { siteId: otherId, folder: "in" } },
      signal,
    );
  await mkdir(join(target.root, "in"));
  target.handOver();
  return { engine, copy };
}

const errorsOf = (engine: TestEngine) => engine.log().filter(({ kind }) => kind === "error");

describe.each([
  { from: "vsftpd", startSource: startVsftpd, to: "ProFTPD", startTarget: startProftpd },
  { from: "ProFTPD", startSource: startProftpd, to: "vsftpd", startTarget: startVsftpd },
  { from: "ProFTPD", startSource: startProftpd, to: "ProFTPD", startTarget: startProftpd },
])("from $from to $to", ({ startSource, startTarget }) => {
  test("files and folders go from server to server, with their times, and the sessions go on working", async () => {
    const source = await bed.serve(startSource, open);
    const target = await bed.serve(startTarget, open);
    await mkdir(join(source.root, "tree/deep"), { recursive: true });
    await writeFile(join(source.root, "tree/deep/新 file #1.txt"), "hello");
    await writeFile(join(source.root, "tree/empty"), "");
    await writeLargeFile(join(source.root, "large.bin"), 20_000_000);
    const { engine, copy } = await connectBoth(source, target);
    expect(await copy(["tree", "large.bin"])).toEqual({ copied: 5 });
    const found = await hashTree(join(target.root, "in"));
    const { in: _in, ...expected } = await hashTree(source.root);
    expect(found).toEqual(expected);
    await expect(copy(["large.bin"])).rejects.toMatchObject({ kind: "already-exists" });
    expect(errorsOf(engine)).toEqual([]);
  });
});

test("a copy that is cancelled stops on both servers and leaves nothing behind", async () => {
  const source = await bed.serve(startVsftpd, { ...open, maxBytesPerSecond: 1_000_000 });
  const target = await bed.serve(startProftpd, open);
  await writeLargeFile(join(source.root, "large.bin"), 20_000_000);
  const { copy } = await connectBoth(source, target);
  const stop = new AbortController();
  const copying = copy(["large.bin"], stop.signal);
  copying.catch(() => {});
  const arriving = join(target.root, "in/large.bin");
  await expect
    .poll(
      () =>
        stat(arriving).then(
          ({ size }) => size > 0,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  stop.abort();
  await expect(copying).rejects.toMatchObject({ kind: "cancelled" });
  await expect.poll(() => readdir(join(target.root, "in"))).toEqual([]);
  await writeFile(join(source.root, "small.txt"), "small");
  expect(await copy(["small.txt"])).toEqual({ copied: 1 });
  expect(await readFile(join(target.root, "in/small.txt"), "utf8")).toBe("small");
});

test("sites that do not allow it are not asked", async () => {
  const source = await bed.serve(startVsftpd, {});
  const target = await bed.serve(startProftpd, {});
  await writeFile(join(source.root, "f"), "f");
  const { copy } = await connectBoth(source, target, false);
  await expect(copy(["f"])).rejects.toMatchObject({ kind: "invalid-input" });
  expect((await source.commandsSeen()).some(({ verb }) => verb === "RETR")).toBe(false);
});
