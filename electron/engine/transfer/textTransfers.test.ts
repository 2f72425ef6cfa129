import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
  bench.change({ transferType: "auto" });
});
afterEach(() => bench.end());

const wireText = "12345678\r\n".repeat(2_000);
const localText = "12345678\n".repeat(2_000);
const transfersOf = (kind: "download" | "upload") => bench.server.journal.filter((line) => line.startsWith(kind));

test("what is named like text goes as text, and is done although its size is another", async () => {
  await writeTree(bench.remote, { "a.txt": wireText, "b.bin": wireText, "up/is.there": "" });
  await bench.download(["a.txt", "b.bin"]);
  await bench.idle();
  expect(await readFile(join(bench.local, "a.txt"), "utf8")).toBe(localText);
  expect(await readFile(join(bench.local, "b.bin"), "utf8")).toBe(wireText);
  expect(transfersOf("download").sort()).toEqual(["download /a.txt 0 text", "download /b.bin 0"]);

  await bench.upload(["a.txt", "b.bin"], "/up");
  await bench.idle();
  expect(transfersOf("upload").sort()).toEqual(["upload /up/a.txt 0 text", "upload /up/b.bin 0"]);
  expect(bench.rows("failed")).toEqual([]);
});

test.each(["download", "upload"] as const)("a %s of text that broke begins again at its start", async (direction) => {
  await writeTree(direction === "download" ? bench.remote : bench.local, { "a.txt": wireText });
  bench.server.chunkBytes = 1_000;
  bench.server.drops.push({ path: "/a.txt", afterBytes: 7_000 });
  await bench[direction](["a.txt"]);
  await bench.idle();
  expect(transfersOf(direction)).toEqual([`${direction} /a.txt 0 text`, `${direction} /a.txt 0 text`]);
  expect(bench.rows("completed")).toMatchObject([{ state: "done" }]);
  if (direction === "download") expect(await readFile(join(bench.local, "a.txt"), "utf8")).toBe(localText);
});

test.each([
  ["auto", "binary", ["download /a.txt 0 text", "download /a.txt 0 text"]],
  ["binary", "ascii", ["download /a.txt 0", "download /a.txt 4464"]],
] as const)(
  "what has begun as %s goes on so when the setting becomes %s meanwhile",
  async (before, after, expected) => {
    bench.change({ transferType: before, retryDelayMs: 200 });
    await writeTree(bench.remote, { "a.txt": wireText.repeat(10) });
    bench.server.chunkBytes = 1_000;
    bench.server.drops.push({ path: "/a.txt", afterBytes: 70_000 });
    await bench.download(["a.txt"]);
    await until(() => bench.rows("queued")[0]?.state === "backoff");
    bench.change({ transferType: after });
    await bench.reopen();
    await bench.idle();
    expect(transfersOf("download")).toEqual(expected);
  },
);

test("a drop has a type of its own where the user gave it one, its folders' files too", async () => {
  await writeTree(bench.remote, { "sub/a.bin": wireText });
  const sources = [{ path: "/sub", name: "sub", type: "directory", size: null, modifiedMs: null }] as const;
  const { local: targetPath } = bench;
  bench.queue.add({ siteId: "site-1", direction: "download", sources, targetPath, transferType: "ascii" });
  await bench.idle();
  expect(await readFile(join(bench.local, "sub", "a.bin"), "utf8")).toBe(localText);
});

test("continuing is not offered for text", async () => {
  await writeTree(bench.remote, { "a.txt": wireText });
  await writeTree(bench.local, { "a.txt": localText.slice(0, 900) });
  await bench.download(["a.txt"]);
  await until(() => bench.asked.length === 1);
  expect(bench.asked[0]?.question.canResume).toBe(false);
  bench.asked[0]?.answer({ kind: "conflict", action: "overwrite", scope: "this" });
  await until(() => bench.rows("completed").length === 1);
  expect(await readdir(bench.local)).toEqual(["a.txt"]);
  expect(await readFile(join(bench.local, "a.txt"), "utf8")).toBe(localText);
});
