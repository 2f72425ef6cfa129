import { randomBytes } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type QueueBench, setUpQueue, until } from "../testing/queueBench.ts";

const size = 72 * 1024 * 1024;
const megabyte = 1024 * 1024;

let bench: QueueBench;
let bytes: Buffer;
beforeEach(async () => {
  bench = await setUpQueue();
  bench.hasSpares = true;
  bytes = randomBytes(size);
  await writeFile(join(bench.remote, "disk.img"), bytes);
  bench.server.chunkBytes = megabyte / 4;
  bench.server.delayMs = 20; // about 10 MB/s for each session
});
afterEach(() => bench.end());

const downloads = () => bench.server.journal.filter((line) => line.startsWith("download")).length;
const moved = () => bench.server.moved.get("/disk.img") ?? 0;

async function expectWhole(): Promise<void> {
  await until(() => bench.summary().running === 0);
  expect(await readdir(bench.local)).toEqual(["disk.img"]);
  expect((await readFile(join(bench.local, "disk.img"))).equals(bytes)).toBe(true);
}

describe("a download that takes long over one session", () => {
  test("is helped by spare sessions, stops when it is paused, and goes on where each of them was", async () => {
    await bench.download(["disk.img"]);
    await until(() => downloads() > 1);
    const movedBefore = moved();
    await until(() => moved() > movedBefore + 4 * megabyte);
    const [row] = bench.rows("queued");
    const ids = [Number(row?.id)];
    await bench.queue.pause({ ids });
    expect(bench.leases.now).toBe(0);
    const movedThen = moved();
    const [paused] = bench.rows("queued");
    expect(paused?.bytesDone).toBeGreaterThan(movedThen - 10 * megabyte);
    expect((await stat(join(bench.local, "disk.img.part"))).size).toBeGreaterThan(size);
    await bench.reopen();
    bench.server.delayMs = 0;
    await bench.queue.resume({ ids });
    await bench.idle();
    await expectWhole();
    expect(moved()).toBeLessThan(size + 10 * megabyte);
    expect(bench.rows("completed")[0]).toMatchObject({ state: "done", bytesDone: size });
  });

  test("begins again at the beginning when the source is another one meanwhile", async () => {
    await bench.download(["disk.img"]);
    await until(() => downloads() > 1);
    const ids = [Number(bench.rows("queued")[0]?.id)];
    await bench.queue.pause({ ids });
    bytes = randomBytes(size);
    await writeFile(join(bench.remote, "disk.img"), bytes);
    bench.server.delayMs = 0;
    await new Promise((resolve) => setTimeout(resolve, 1100)); // times are told to the second
    await writeFile(join(bench.remote, "disk.img"), bytes);
    await bench.queue.resume({ ids });
    await bench.idle();
    await expectWhole();
  });

  test("leaves nothing behind when it is cancelled", async () => {
    await bench.download(["disk.img"]);
    await until(() => downloads() > 1);
    await bench.queue.cancel({ ids: [Number(bench.rows("queued")[0]?.id)] });
    expect([bench.leases.now, await readdir(bench.local)]).toEqual([0, []]);
  });

  test("comes over one session where no spare one is to be had", async () => {
    bench.hasSpares = false;
    bench.server.delayMs = 0;
    await bench.download(["disk.img"]);
    await bench.idle();
    await expectWhole();
    expect(bench.leases.most).toBe(1);
  });

  test("comes over one session as text, which has no offsets", async () => {
    bench.change({ transferType: "ascii" });
    await bench.download(["disk.img"]);
    await until(() => moved() > 24 * megabyte); // by then others have got help
    expect([downloads(), bench.leases.most]).toEqual([1, 1]);
    await bench.queue.cancel({ ids: [Number(bench.rows("queued")[0]?.id)] });
  });
});
