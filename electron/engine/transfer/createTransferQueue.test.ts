import { randomBytes } from "node:crypto";
import { mkdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Batch } from "../../../shared/models/batch.ts";
import { hashTree, type QueueBench, setUpQueue, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

/** 60 files in 7 nested folders, one of them empty, names of all kinds. */
async function writeSampleTree(root: string): Promise<void> {
  const files: Record<string, Buffer> = {};
  for (let index = 0; index < 60; index++) {
    const folder = ["a", "a/b", "a/b/c", "a/b c", "a/ö", "a/%41#"][index % 6];
    files[`${folder}/file ${index}.bin`] = randomBytes(index * 97);
  }
  await writeTree(root, files);
  await mkdir(join(root, "a/empty"));
}

describe("a folder drop", () => {
  test("goes up whole: every file, every folder, every time", async () => {
    await writeSampleTree(bench.local);
    await utimes(join(bench.local, "a/file 0.bin"), 1_000_000_000, 1_000_000_000);
    await bench.upload(["a"]);
    await bench.idle();
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
    expect((await stat(join(bench.remote, "a/file 0.bin"))).mtimeMs).toBe(1_000_000_000_000);
    expect(bench.summary()).toMatchObject({ completed: 67, failed: 0, bytesRemaining: 0 });
  });

  test("comes down whole, under temporary names until complete", async () => {
    await writeSampleTree(bench.remote);
    await utimes(join(bench.remote, "a/file 0.bin"), 1_000_000_000, 1_000_000_000);
    await bench.download(["a"]);
    await bench.idle();
    expect(await hashTree(bench.local)).toEqual(await hashTree(bench.remote));
    const seen: Batch[] = [];
    bench.queue.watchBatches({ offset: 0, limit: 10 }, ({ batches }) => seen.push(...batches))();
    expect(seen).toMatchObject([{ title: "a", sources: 1, files: 60, folders: 7, left: 0, done: 60, failed: [] }]);
    expect(seen[0]?.bytesSettled).toBe(seen[0]?.bytes);
    expect((await stat(join(bench.local, "a/file 0.bin"))).mtimeMs).toBe(1_000_000_000_000);
    expect(bench.summary()).toMatchObject({ completed: 67, failed: 0, bytesRemaining: 0 });
  });
});
