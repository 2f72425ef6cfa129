import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { QueueEnds, QueueHolds } from "../../../shared/models/queueControl.ts";
import { type QueueBench, setUpQueue, siteId, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

const states = () =>
  Object.fromEntries(bench.rows("queued").map(({ localPath, state }) => [localPath.slice(bench.local.length), state]));

function holds(): QueueHolds {
  let found: QueueHolds | null = null;
  bench.queue.watchHolds((news) => {
    found = news;
  })();
  if (found === null) throw new Error("a watch begins with a snapshot");
  return found;
}

const uploadsOf = (journal: readonly string[]) =>
  journal.filter((line) => line.startsWith("upload ")).map((line) => line.split(" ")[1]);

describe("what runs first", () => {
  test("is what the user says", async () => {
    await writeTree(bench.local, { a: "a", b: "b", c: "c", d: "d" });
    bench.change({ maxTransfers: 1 });
    await bench.queue.setProcessing(false);
    await bench.upload(["a", "b", "c", "d"]);
    await bench.queue.move({ ids: [4] }, { before: 2 });
    await bench.queue.setPriority({ ids: [3] }, "raise");
    await bench.queue.setProcessing(true);
    await bench.idle();
    expect(uploadsOf(bench.server.journal)).toEqual(["/c", "/a", "/d", "/b"]);
  });
});

describe("a paused folder", () => {
  test("stands still with everything below it, and what it still finds arrives paused", async () => {
    await writeTree(bench.local, { "in/x": "x", "in/deep/y": "y", "out/z": "z" });
    await bench.queue.setProcessing(false);
    await bench.upload(["in", "out"]);
    const [folder] = bench.rows("queued");
    if (folder === undefined) throw new Error("no folder");
    await bench.queue.pause({ folderOf: folder.id });
    await bench.queue.setProcessing(true);
    await until(() => bench.rows("completed").length === 2);
    expect(states()).toEqual({ "/in": "paused" });
    await bench.queue.resume({ folderOf: folder.id });
    await bench.idle();
    expect(bench.rows("queued")).toEqual([]);
  });

  test("is the one that a file of it lies in", async () => {
    await writeTree(bench.local, { "in/x": "x".repeat(100_000), "in/deep/y": "y", "out/z": "z" });
    bench.server.delayMs = 20;
    bench.change({ maxTransfers: 1 });
    await bench.upload(["in", "out"]);
    const fileX = () => bench.rows("queued").find(({ localPath }) => localPath.endsWith("x"));
    await until(() => fileX()?.state === "running");
    await bench.queue.pause({ folderOf: fileX()?.id ?? 0 });
    expect(states()).toMatchObject({ "/in/x": "paused" });
    bench.server.delayMs = 0;
    await until(() => bench.summary().running + bench.summary().queued === 0);
    expect(Object.entries(states()).filter(([path]) => path.startsWith("/out"))).toEqual([]);
    expect(new Set(Object.values(states()))).toEqual(new Set(["paused"]));
  });
});

describe("a paused site", () => {
  test("keeps what is added for it until it is resumed, also over a restart", async () => {
    await writeTree(bench.local, { a: "a", b: "b" });
    await bench.queue.pause({ siteId });
    await bench.upload(["a"]);
    await bench.reopen();
    await bench.upload(["b"]);
    expect(states()).toEqual({ "/a": "paused", "/b": "paused" });
    expect(holds()).toEqual({ pausedSites: [{ id: siteId, name: "Test site" }], starts: [], plans: [] });
    await bench.queue.resume({ siteId });
    await bench.idle();
    expect([holds().pausedSites, bench.rows("completed").length]).toEqual([[], 2]);
  });
});

describe("a time to start at", () => {
  test("keeps a drop until then, also over a restart, and names where it goes", async () => {
    await writeTree(bench.local, { a: "a", b: "b" });
    await writeTree(bench.remote, { "later/here": "" });
    await bench.queue.setProcessing(false);
    await bench.upload(["a"], "/later");
    await bench.upload(["b"]);
    const [row] = bench.rows("queued");
    if (row === undefined) throw new Error("no row");
    const atMs = Date.now() + 3_600_000;
    await bench.queue.startAt(row.batchId, atMs);
    await bench.reopen();
    await bench.queue.setProcessing(true);
    await until(() => bench.rows("completed").length === 1);
    expect(states()).toEqual({ "/a": "paused" });
    expect(holds().starts).toEqual([
      { atMs, batch: { id: row.batchId, siteName: "Test site", direction: "upload", targetFolder: "/later" } },
    ]);
    await bench.queue.startAt(row.batchId, Date.now() + 50);
    await until(() => bench.rows("completed").length === 2);
    expect(holds().starts).toEqual([]);
  });

  test("keeps the whole queue, and starting it by hand forgets the time", async () => {
    await writeTree(bench.local, { a: "a" });
    await bench.queue.startAt(null, Date.now() + 3_600_000);
    await bench.upload(["a"]);
    expect([bench.summary().isProcessing, holds().starts.length]).toEqual([false, 1]);
    await bench.queue.setProcessing(true);
    await bench.idle();
    expect(holds().starts).toEqual([]);
  });

  test("that has passed while Portside was closed starts at once", async () => {
    await writeTree(bench.local, { a: "a" });
    await bench.queue.setProcessing(false);
    await bench.upload(["a"]);
    await bench.queue.startAt(null, Date.now() - 1);
    await bench.reopen();
    await until(() => bench.rows("completed").length === 1);
  });

  test("is given up by resuming the drop", async () => {
    await writeTree(bench.local, { a: "a" });
    await bench.queue.setProcessing(false);
    await bench.upload(["a"]);
    await bench.queue.startAt(1, Date.now() + 3_600_000);
    expect(states()).toEqual({ "/a": "paused" });
    await bench.queue.resume({ batchId: 1 });
    expect([states(), holds().starts]).toEqual([{ "/a": "queued" }, []]);
  });

  test("goes with the drop when it is cancelled", async () => {
    await writeTree(bench.local, { a: "a" });
    await bench.queue.setProcessing(false);
    await bench.upload(["a"]);
    await bench.queue.startAt(1, Date.now() + 3_600_000);
    await bench.queue.cancel({ batchId: 1 });
    expect([states(), holds().starts]).toEqual([{}, []]);
  });
});

describe("the end of the queue", () => {
  test("is noticed when the last transfer ends by itself, failed ones counted", async () => {
    const heard: QueueEnds[] = [];
    bench.queue.watchEnds((ends) => heard.push(ends));
    await writeTree(bench.local, { a: "a", b: "b" });
    bench.server.refusals.push({ operation: "upload", path: "/b", kind: "permission-denied" });
    await bench.upload(["a", "b"]);
    await until(() => bench.ends.count === 1);
    expect(heard).toEqual([
      { count: 0, failed: 0 },
      { count: 1, failed: 1 },
    ]);
  });

  test("is not what the user's own cancel or pause leaves behind", async () => {
    await writeTree(bench.local, { a: "a".repeat(200_000), b: "b" });
    bench.server.delayMs = 20;
    bench.change({ maxTransfers: 1 });
    await bench.upload(["a"]);
    await until(() => bench.summary().running === 1);
    await bench.queue.pause({ filter: "queued" });
    expect(bench.ends.count).toBe(0);
    await bench.queue.resume({ filter: "queued" });
    await until(() => bench.summary().running === 1);
    await bench.queue.cancel({ filter: "queued" });
    expect([bench.rows("queued"), bench.ends.count]).toEqual([[], 0]);
  });
});

describe("removing uploads that were not made", () => {
  test("names their sources, so that staged copies go; those of made ones have gone before", async () => {
    await writeTree(bench.local, { a: "a", b: "b", "deep/c": "c" });
    await bench.upload(["a"]);
    await bench.idle();
    await bench.queue.setProcessing(false);
    await bench.upload(["b", "deep"]);
    await bench.queue.remove({ filter: "queued" });
    await bench.queue.remove({ filter: "completed" });
    expect(bench.sourcesRemoved.sort()).toEqual([join(bench.local, "b"), join(bench.local, "deep")]);
  });
});
