import { stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type QueueBench, setUpQueue, writeTree } from "./testing/queueBench.ts";

const timeMs = Date.UTC(2020, 1, 29, 12, 34, 56);

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
  bench.server.listsTimesTo = "minute";
});
afterEach(() => bench.end());

async function serve(path: string, content: string): Promise<void> {
  await writeTree(bench.remote, { [path]: content });
  await utimes(join(bench.remote, path), timeMs / 1000, timeMs / 1000);
}

const asked = () => bench.server.journal.filter((line) => line.startsWith("stat"));
const arrivedMs = async (path: string) => (await stat(join(bench.local, path))).mtimeMs;

describe("a listing that tells times to the minute", () => {
  test("costs a small new file no question of its own, and its time arrives to the second", async () => {
    await serve("d/a", "small");
    await bench.download(["d"]);
    await bench.idle();
    expect(asked()).toEqual([]);
    expect(await arrivedMs("d/a")).toBe(timeMs);
  });

  test("is not enough for a file that may be resumed: its time is known before its first byte", async () => {
    await serve("d/a", "x".repeat(1024 * 1024));
    await bench.download(["d"]);
    await bench.idle();
    expect(asked()).toEqual(["stat /d/a"]);
    expect(await arrivedMs("d/a")).toBe(timeMs);
  });

  test("is not enough where a file stands already: which one is newer is decided to the second", async () => {
    await serve("d/a", "new");
    await writeTree(bench.local, { "d/a": "old" });
    await utimes(join(bench.local, "d/a"), timeMs / 1000 - 10, timeMs / 1000 - 10);
    bench.change({ downloadConflict: "overwrite-if-newer" });
    await bench.download(["d"]);
    await bench.idle();
    expect(asked()).toEqual(["stat /d/a"]);
    expect(bench.rows("completed").find(({ kind }) => kind === "file")).toMatchObject({ skipped: null });
    expect(await arrivedMs("d/a")).toBe(timeMs);
  });
});
