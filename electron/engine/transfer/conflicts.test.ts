import { readdir, readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

const remoteText = (name: string) => readFile(join(bench.remote, name), "utf8");
const localText = (name: string) => readFile(join(bench.local, name), "utf8");

describe("a download whose target exists", () => {
  beforeEach(async () => {
    await writeTree(bench.remote, { "a.txt": "new text", "b.txt": "b", "c.txt": "c" });
    await writeTree(bench.local, { "a.txt": "old" });
  });

  test("asks, and gives slot and session back while the others go on", async () => {
    bench.change({ maxTransfers: 1 });
    await bench.download(["a.txt", "b.txt", "c.txt"]);
    await bench.idle();
    expect(bench.leases.now).toBe(0);
    expect(bench.rows("queued")).toMatchObject([{ state: "waiting", localPath: join(bench.local, "a.txt") }]);
    expect(bench.summary()).toMatchObject({ waiting: 1, completed: 2 });
    expect(bench.asked).toHaveLength(1);
    expect(bench.asked[0]?.question).toMatchObject({
      direction: "download",
      source: { path: "/a.txt", size: 8 },
      target: { path: join(bench.local, "a.txt"), size: 3 },
      canResume: true,
      suggestedName: "a (2).txt",
    });
    expect(await localText("a.txt")).toBe("old");
  });

  test("overwrite replaces it", async () => {
    await answerFirst({ action: "overwrite", scope: "this" }, ["a.txt"]);
    expect(await localText("a.txt")).toBe("new text");
    expect(await readdir(bench.local)).toEqual(["a.txt"]);
  });

  test("skip leaves it and says who wanted that", async () => {
    await answerFirst({ action: "skip", scope: "this" }, ["a.txt"]);
    expect(await localText("a.txt")).toBe("old");
    expect(bench.rows("completed")).toMatchObject([{ state: "done", skipped: "user" }]);
    expect(bench.server.journal.filter((line) => line.startsWith("download"))).toEqual([]);
  });

  test("rename takes the offered name, or the one the user typed", async () => {
    await answerFirst({ action: "rename", scope: "this" }, ["a.txt"]);
    expect(await localText("a (2).txt")).toBe("new text");
    await answerFirst({ action: "rename", newName: "mine.txt", scope: "this" }, ["a.txt"]);
    expect(await localText("mine.txt")).toBe("new text");
    expect(await localText("a.txt")).toBe("old");
  });

  test("resume goes on behind what is there", async () => {
    await writeTree(bench.local, { "a.txt": "new " });
    await answerFirst({ action: "resume", scope: "this" }, ["a.txt"]);
    expect(await localText("a.txt")).toBe("new text");
    expect(bench.server.moved.get("/a.txt")).toBe(4 + "new ".length); // and what lay there, to be compared
  });

  test("cancelling a resumed file gives the user's part back", async () => {
    await writeTree(bench.remote, { "a.txt": Buffer.alloc(400_000, "x") });
    await writeTree(bench.local, { "a.txt": "x".repeat(1000) });
    bench.server.delayMs = 5;
    await bench.download(["a.txt"]);
    await until(() => bench.asked.length === 1);
    bench.asked[0]?.answer({ kind: "conflict", action: "resume", scope: "this" });
    await until(() => (bench.server.moved.get("/a.txt") ?? 0) > 100_000);
    await bench.queue.cancel({ filter: "queued" });
    expect(await readdir(bench.local)).toEqual(["a.txt"]);
    expect((await localText("a.txt")).startsWith("x".repeat(1000))).toBe(true);
  });

  test("overwrite-if-newer and overwrite-if-size-differs say why they skip", async () => {
    await writeTree(bench.local, { "b.txt": "B" });
    await utimes(join(bench.local, "b.txt"), 2_000_000_000, 2_000_000_000);
    bench.change({ downloadConflict: "overwrite-if-newer" });
    await bench.download(["b.txt"]);
    await bench.idle();
    bench.change({ downloadConflict: "overwrite-if-size-differs" });
    await bench.download(["b.txt"]);
    await bench.idle();
    expect(bench.rows("completed").map(({ skipped }) => skipped)).toEqual(["same-size", "not-newer"]);
    expect(await localText("b.txt")).toBe("B");
  });

  test("what appears at the name while the bytes come is not overwritten without the rule", async () => {
    bench.server.onMoved = async (path) => {
      if (path === "/c.txt") await writeTree(bench.local, { "c.txt": "appeared" });
    };
    bench.server.delayMs = 20;
    await bench.download(["c.txt"]);
    await until(() => bench.asked.length === 1);
    expect(await localText("c.txt")).toBe("appeared");
    bench.asked[0]?.answer({ kind: "conflict", action: "overwrite", scope: "this" });
    await until(() => bench.summary().completed === 1);
    expect(await localText("c.txt")).toBe("c");
    expect(bench.server.moved.get("/c.txt")).toBe(1); // not fetched a second time
  });

  test("a folder in the file's place is a failure in words, not a question", async () => {
    await writeTree(bench.local, { "b.txt/inside": "x" });
    await bench.download(["b.txt"]);
    await bench.idle();
    expect(bench.rows("failed")).toMatchObject([{ errorKind: "already-exists" }]);
  });
});

describe("an upload whose target exists", () => {
  beforeEach(async () => {
    await writeTree(bench.local, { "a.txt": "new text", "b.txt": "b" });
    await writeTree(bench.remote, { "a.txt": "old" });
  });

  test("overwrite replaces it", async () => {
    await bench.upload(["a.txt"]);
    await until(() => bench.asked.length === 1);
    expect(bench.asked[0]?.question).toMatchObject({ direction: "upload", suggestedName: "a (2).txt" });
    bench.asked[0]?.answer({ kind: "conflict", action: "overwrite", scope: "this" });
    await until(() => bench.summary().completed === 1);
    expect(await remoteText("a.txt")).toBe("new text");
  });

  test("resume sends the rest alone", async () => {
    await writeTree(bench.remote, { "a.txt": "new " });
    bench.change({ uploadConflict: "resume" });
    await bench.upload(["a.txt"]);
    await bench.idle();
    expect(await remoteText("a.txt")).toBe("new text");
    expect(bench.server.moved.get("/a.txt")).toBe(4 + "new ".length); // and what lay there, to be compared
  });

  test("rename finds a free name on the server", async () => {
    await writeTree(bench.remote, { "a (2).txt": "taken" });
    bench.change({ uploadConflict: "rename" });
    await bench.upload(["a.txt"]);
    await bench.idle();
    expect(await remoteText("a (3).txt")).toBe("new text");
    expect(await remoteText("a.txt")).toBe("old");
  });

  test("a skipped source counts as done with, so that staged files can go", async () => {
    bench.change({ uploadConflict: "skip" });
    await bench.upload(["a.txt", "b.txt"]);
    await bench.idle();
    expect(bench.sourcesDone.sort()).toEqual([join(bench.local, "a.txt"), join(bench.local, "b.txt")]);
    expect(await remoteText("a.txt")).toBe("old");
    expect(await remoteText("b.txt")).toBe("b");
  });
});

describe("many conflicts", () => {
  const names = Array.from({ length: 120 }, (_, index) => `f${index}.txt`);
  beforeEach(async () => {
    await writeTree(bench.local, Object.fromEntries(names.map((name) => [name, `new ${name}`])));
    await writeTree(bench.remote, Object.fromEntries(names.map((name) => [name, "old"])));
  });

  test("one answer for the batch settles all that wait, and a later batch asks again", async () => {
    await bench.upload(names);
    await until(() => bench.summary().waiting === 120);
    expect(bench.asked).toHaveLength(50); // prompts a person can look through; the others wait as rows
    bench.asked[7]?.answer({ kind: "conflict", action: "overwrite", scope: "batch" });
    await until(() => bench.summary().completed === 120);
    expect(bench.asked).toEqual([]);
    expect(await remoteText("f119.txt")).toBe("new f119.txt");

    await bench.upload(["f0.txt"]);
    await until(() => bench.asked.length === 1);
  });

  test("answered one by one, every one gets its turn", async () => {
    await bench.upload(names);
    for (let count = 0; count < 120; count++) {
      await until(() => bench.asked.length > 0);
      bench.asked[0]?.answer({ kind: "conflict", action: "skip", scope: "this" });
    }
    await until(() => bench.summary().completed === 120);
    expect(bench.rows("completed").every(({ skipped }) => skipped === "user")).toBe(true);
  });

  test("an answer for the direction holds for later batches, but not for the other way", async () => {
    await bench.upload(["f0.txt"]);
    await until(() => bench.asked.length === 1);
    bench.asked[0]?.answer({ kind: "conflict", action: "skip", scope: "direction" });
    await bench.upload(["f1.txt", "f2.txt"]);
    await until(() => bench.summary().completed === 3);
    await bench.download(["f3.txt"]);
    await until(() => bench.asked.length === 1);
    expect(bench.asked[0]?.question.direction).toBe("download");
  });

  test("pausing or removing what waits withdraws its question", async () => {
    await bench.upload(["f0.txt", "f1.txt"]);
    await until(() => bench.asked.length === 2);
    const [first] = bench.rows("queued");
    await bench.queue.pause({ ids: [first?.id ?? 0] });
    expect(bench.asked).toHaveLength(1);
    await bench.queue.remove({ filter: "queued" });
    expect(bench.asked).toEqual([]);
    expect(bench.rows("queued")).toEqual([]);
  });

  test("a batch answer outlives a restart", async () => {
    bench.change({ maxTransfers: 1 });
    await bench.upload(names);
    await until(() => bench.asked.length > 2);
    bench.server.delayMs = 2;
    bench.asked[0]?.answer({ kind: "conflict", action: "overwrite", scope: "batch" });
    await until(() => bench.summary().completed > 3);
    await bench.reopen();
    bench.server.delayMs = 0;
    await until(() => bench.summary().completed === 120);
    expect(bench.asked).toEqual([]);
    expect((await stat(join(bench.remote, "f5.txt"))).size).toBe("new f5.txt".length);
  });
});

async function answerFirst(
  answer: { action: "overwrite" | "skip" | "rename" | "resume"; newName?: string; scope: "this" },
  names: string[],
) {
  await bench.download(names);
  await until(() => bench.asked.length === 1);
  bench.asked[0]?.answer({ kind: "conflict", ...answer });
  await until(() => bench.summary().waiting === 0);
  await bench.idle();
}

describe("ordered rules", () => {
  const rule = {
    ...{ id: "r", names: "", direction: null, siteId: null },
    ...{ minBytes: null, maxBytes: null, olderThanDays: null, newerThanDays: null },
  };
  const big = Buffer.alloc(2_000, "n");
  beforeEach(async () => {
    await writeTree(bench.remote, { "a.tmp": "new", "b.txt": "new", "big.txt": big });
    await writeTree(bench.local, { "a.tmp": "old", "b.txt": "old", "big.txt": "old" });
    bench.change({
      downloadConflict: "overwrite",
      conflictRules: [
        { ...rule, id: "1", names: "*.tmp; *.bak", action: "skip" },
        { ...rule, id: "2", minBytes: 1_000, action: "rename" },
      ],
    });
  });

  test("the first that fits settles it, and a row that is skipped says by which; the setting stands for the rest", async () => {
    await bench.download(["a.tmp", "b.txt", "big.txt"]);
    await bench.idle();
    expect([await localText("a.tmp"), await localText("b.txt")]).toEqual(["old", "new"]);
    expect([await localText("big.txt"), await localText("big (2).txt")]).toEqual(["old", big.toString()]);
    const skippedBy = bench.rows("completed").map((row) => [row.remotePath, row.skipped, row.skippedBy]);
    expect(skippedBy.sort()).toEqual([
      ["/a.tmp", "user", "*.tmp; *.bak"],
      ["/b.txt", null, null],
      ["/big.txt", null, null],
    ]);
  });

  test("an answer counts more than they do", async () => {
    bench.change({ conflictRules: [{ ...rule, names: "*.tmp", action: "ask" }] });
    await bench.download(["a.tmp"]);
    await until(() => bench.asked.length === 1);
    bench.asked[0]?.answer({ kind: "conflict", action: "overwrite", scope: "this" });
    await until(() => bench.summary().completed === 1);
    expect(await localText("a.tmp")).toBe("new");
  });
});

test("an answer for always becomes the setting, and counts for what waits", async () => {
  await writeTree(bench.remote, { a: "new", b: "new", c: "new" });
  await writeTree(bench.local, { a: "old", b: "old", c: "old" });
  await bench.download(["a", "b"]);
  await until(() => bench.asked.length === 2);
  bench.asked[0]?.answer({ kind: "conflict", action: "overwrite", scope: "always" });
  await until(() => bench.summary().completed === 2);
  expect(bench.settings().downloadConflict).toBe("overwrite");
  await bench.download(["c"]);
  await bench.idle();
  expect([await localText("a"), await localText("b"), await localText("c")]).toEqual(["new", "new", "new"]);
  expect(bench.asked).toEqual([]);
});
