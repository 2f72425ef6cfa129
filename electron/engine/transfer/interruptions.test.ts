import { randomBytes } from "node:crypto";
import { readdir, readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ProgressBatch } from "../../../shared/models/transfer.ts";
import { overlapBytes } from "./evidence/overlap.ts";
import { type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

const big = randomBytes(1_000_000);
const moved = (path: string) => bench.server.moved.get(path) ?? 0;

describe.each(["upload", "download"] as const)("%s of a big file", (direction) => {
  const side = () => (direction === "upload" ? bench.local : bench.remote);
  const other = () => (direction === "upload" ? bench.remote : bench.local);
  const arrived = () => readFile(join(other(), "big.bin"));
  beforeEach(async () => {
    await writeTree(side(), { "big.bin": big });
    bench.server.chunkBytes = 20_000;
  });

  test("goes on where the connection broke, without asking", async () => {
    bench.server.drops.push({ path: "/big.bin", afterBytes: 300_000 }, { path: "/big.bin", afterBytes: 150_000 });
    await bench[direction](["big.bin"]);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length + 2 * overlapBytes);
    expect(bench.asked).toEqual([]);
    expect(await readdir(other())).toEqual(["big.bin"]);
  });

  test("breaking again and again is no failure while bytes move", async () => {
    for (let index = 0; index < 9; index++) bench.server.drops.push({ path: "/big.bin", afterBytes: 100_000 });
    await bench[direction](["big.bin"]);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
  });

  test("pause stops the bytes, resume fetches the rest alone", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.queue.pause({ filter: "queued" });
    const atPause = moved("/big.bin");
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(moved("/big.bin")).toBe(atPause);
    expect(bench.leases.now).toBe(0);
    expect(bench.rows("queued")).toMatchObject([{ state: "paused", bytesDone: atPause }]);

    await bench.queue.resume({ filter: "queued" });
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length + overlapBytes);
  });

  test("stopping the queue returns it to the queue, and that outlives a restart", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.queue.setProcessing(false);
    expect(bench.rows("queued")).toMatchObject([{ state: "queued" }]);
    await bench.reopen();
    const stopped = moved("/big.bin");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(bench.summary()).toMatchObject({ isProcessing: false, queued: 1, running: 0 });
    expect(moved("/big.bin")).toBe(stopped);
    await bench.queue.setProcessing(true);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length + overlapBytes);
  });

  test("closing leaves it queued, opening again goes on", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.reopen();
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length + overlapBytes);
  });

  test("a source that has changed since is moved from the start", async () => {
    bench.server.drops.push({ path: "/big.bin", afterBytes: 300_000 });
    bench.change({ retryDelayMs: 100 });
    await bench[direction](["big.bin"]);
    await until(() => bench.rows("queued")[0]?.state === "backoff");
    const other = randomBytes(900_000);
    await writeTree(side(), { "big.bin": other });
    await utimes(join(side(), "big.bin"), 1_500_000_000, 1_500_000_000);
    await bench.idle();
    expect((await arrived()).equals(other)).toBe(true);
  });

  test("a server that cannot begin in the middle gets it whole again", async () => {
    bench.server.can = { ...bench.server.can, resumeDownload: false, resumeUpload: false };
    bench.server.drops.push({ path: "/big.bin", afterBytes: 300_000 });
    await bench[direction](["big.bin"]);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length + 300_000);
  });

  test("a server that refuses to begin in the middle gets it whole again, in the same try", async () => {
    bench.server.restart = "refuses";
    bench.server.drops.push({ path: "/big.bin", afterBytes: 300_000 });
    await bench[direction](["big.bin"]);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(bench.log).toHaveLength(1);
  });

  test("a server that only pretends to begin in the middle does not spoil it", async () => {
    bench.server.restart = "ignores";
    bench.server.drops.push({ path: "/big.bin", afterBytes: 300_000 });
    await bench[direction](["big.bin"]);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
  });

  test("cancelled and retried, it is done in the end", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.queue.cancel({ filter: "queued" });
    expect(bench.rows("completed")).toMatchObject([{ state: "cancelled" }]);
    expect(bench.leases.now).toBe(0);
    if (direction === "download") expect(await readdir(bench.local)).toEqual([]);
    bench.server.delayMs = 0;
    await bench.queue.retry({ filter: "completed" });
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(bench.asked).toEqual([]);
  });

  test("removing it while it runs stops it and leaves no unfinished download", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.queue.remove({ filter: "queued" });
    expect(bench.rows("queued")).toEqual([]);
    expect(bench.rows("completed")).toEqual([]);
    if (direction === "download") expect(await readdir(bench.local)).toEqual([]);
  });

  test("its progress moves, with speed, and ends with a batch that says nothing runs", async () => {
    const batches: ProgressBatch[] = [];
    const stop = bench.queue.watchProgress((batch) => batches.push(batch));
    bench.server.delayMs = 8;
    await bench[direction](["big.bin"]);
    await bench.idle();
    await until(() => batches.length > 2 && batches.at(-1)?.transfers.length === 0);
    stop();
    const seen = batches.flatMap(({ transfers }) => transfers.map(({ bytesDone }) => bytesDone));
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.some((bytes) => bytes > 0 && bytes < big.length)).toBe(true);
    const running = batches.find(({ transfers }) => (transfers[0]?.bytesDone ?? 0) > 0);
    expect(running?.total.bytesPerSecond).toBeGreaterThan(1000);
    expect(running?.total.bytesRemaining).toBe(big.length - (running?.transfers[0]?.bytesDone ?? 0));
    expect(batches.at(-1)?.total).toMatchObject({ bytesPerSecond: 0, bytesRemaining: 0 });
  });
});
