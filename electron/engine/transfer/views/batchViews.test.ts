import { afterEach, beforeEach, expect, test } from "vitest";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import { openQueueStore, type QueueStore } from "../store/queueStore.ts";
import { type BatchWindow, watchBatches } from "./batchViews.ts";

let store: QueueStore;
beforeEach(() => {
  store = openQueueStore(":memory:");
});
afterEach(() => store.close());

function addDrop(): void {
  const file = { kind: "file", size: 10, modifiedMs: 1, precision: "second" } as const;
  const transfers = ["a", "b"].map((name) => ({ ...file, sourceName: name, targetName: name }));
  const places = new Map([["/from", transfers]]);
  store.addBatch({ siteId: "s1", direction: "upload", root: "/to", nowMs: 1, places });
}

function watch() {
  const clock = createFakeClock();
  const seen: BatchWindow[] = [];
  const parts = { store, clock, siteName: () => "Harbour", displayPath: (_: string, path: string) => `shown ${path}` };
  const stop = watchBatches(parts, { offset: 0, limit: 10 }, (window) => seen.push(window));
  return { clock, seen, stop };
}

test("a watcher sees the drops at once, and again when one has changed", () => {
  addDrop();
  const { clock, seen } = watch();
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({
    revision: 1,
    total: 1,
    batches: [{ siteName: "Harbour", target: "shown /to", left: 2, done: 0 }],
  });
  clock.advance(5_000);
  expect(seen, "nothing has changed").toHaveLength(1);
  store.apply(1, "claim");
  store.apply(1, "succeed", { bytesDone: 10, finishedMs: 2 });
  clock.advance(1_000);
  expect(seen.at(-1)).toMatchObject({ revision: 2, batches: [{ left: 1, done: 1, bytesSettled: 10 }] });
});

test("nothing is looked at while nobody watches", () => {
  const { clock, stop } = watch();
  stop();
  expect(clock.timers()).toBe(0);
});
