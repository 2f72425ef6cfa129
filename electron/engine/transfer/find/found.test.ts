import { afterEach, beforeEach, expect, test } from "vitest";
import { type QueueBench, setUpQueue, siteId } from "../testing/queueBench.ts";
import type { QueueWindow } from "../views/queueViews.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
  await bench.queue.setProcessing(false);
  const sources = ["boat 1.jpg", "mill.jpg", "Boat 2.jpg", "tower.jpg"].map((name) => ({
    path: `${bench.local}/${name}`,
    name,
    type: "file" as const,
    size: name.length,
    modifiedMs: 0,
  }));
  bench.queue.add({ siteId, direction: "upload", sources, targetPath: "/pub" });
});
afterEach(() => bench.end());

const patience = { timeout: 15_000, interval: 20 };
const namesIn = (window: QueueWindow | undefined) => window?.rows.map(({ remotePath }) => remotePath.slice(5));

function watch(range: { search?: string; sort?: { by: "name"; isDescending: boolean }; offset?: number }) {
  const windows: QueueWindow[] = [];
  const stop = bench.queue.watchWindow({ filter: "queued", offset: 0, limit: 10, ...range }, (one) =>
    windows.push(one),
  );
  return { windows, stop };
}

test("a window of a search begins with the news that it searches, then shows what it found, and follows the queue", async () => {
  const { windows } = watch({ search: "boat" });
  expect(windows[0]).toMatchObject({ total: 0, rows: [], isFinding: true });
  await expect.poll(() => namesIn(windows.at(-1)), patience).toEqual(["boat 1.jpg", "Boat 2.jpg"]);
  expect(windows.at(-1)).toMatchObject({ total: 2 });
  await bench.queue.cancel({ ids: [1] });
  await expect.poll(() => namesIn(windows.at(-1)), patience).toEqual(["Boat 2.jpg"]);
});

test("a sorted window shows its part of the order", async () => {
  const { windows } = watch({ sort: { by: "name", isDescending: true }, offset: 1 });
  await expect.poll(() => namesIn(windows.at(-1)), patience).toEqual(["mill.jpg", "Boat 2.jpg", "boat 1.jpg"]);
  expect(windows.at(-1)?.total).toBe(4);
});

test("far down, a tab has its total at once and its rows when their list is there", async () => {
  const { windows } = watch({ offset: 50_000 });
  expect(windows[0]).toEqual({ revision: 1, total: 4, rows: [], isFinding: true });
  await expect.poll(() => windows.at(-1), patience).toEqual({ revision: 2, total: 4, rows: [] });
});

test("a command on all that a search finds leaves the others alone", async () => {
  await bench.queue.pause({ filter: "queued", search: "BOAT" });
  expect(bench.rows("queued").map(({ state }) => state)).toEqual(["paused", "queued", "paused", "queued"]);
  await bench.queue.remove({ filter: "queued", search: "boat 2" });
  expect(bench.rows("queued")).toHaveLength(3);
  await bench.queue.cancel({ filter: "queued", search: "  " });
  expect(bench.rows("queued")).toHaveLength(0);
});
