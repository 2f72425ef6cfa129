import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { QueueSummary } from "../../../../shared/models/transfer.ts";
import { createFakeClock, type FakeClock } from "../../util/testing/fakeClock.ts";
import type { NewTransfer } from "../store/arrivals.ts";
import { openQueueStore, type QueueStore } from "../store/queueStore.ts";
import { keepOutages, type Outages } from "../waiting/outages.ts";
import { createQueueViews, type QueueViews, type QueueWindow } from "./queueViews.ts";

const named = (name: string): NewTransfer => ({
  kind: "file",
  sourceName: name,
  targetName: name,
  size: 10,
  modifiedMs: null,
  precision: "second",
});

const noLists = { use: () => ({ ids: () => null, release: () => {} }), changed: () => {} };

let clock: FakeClock;
let store: QueueStore;
let outages: Outages;
let views: QueueViews;
beforeEach(() => {
  clock = createFakeClock();
  store = openQueueStore(":memory:");
  const displayPath = (_site: string, path: string) => path.toUpperCase();
  outages = keepOutages({ now: clock.now, retryDelayMs: () => 5_000, random: () => 0 });
  const siteName = (id: string) => `name of ${id}`;
  views = createQueueViews({ store, lists: noLists, clock, outages, siteName, displayPath, planHeads: () => [] });
  const places = new Map([["/from", Array.from({ length: 20 }, (_, index) => named(`f${index}`))]]);
  store.addBatch({ siteId: "s", direction: "upload", root: "/to", nowMs: clock.now(), places });
});
afterEach(() => store.close());

function watchWindow(offset: number, limit: number) {
  const windows: QueueWindow[] = [];
  const stop = views.watchWindow({ filter: "queued", offset, limit }, (window) => windows.push(window));
  return { windows, stop };
}

describe("a window of the queue", () => {
  test("begins with a snapshot of its rows, as people read them", () => {
    const { windows } = watchWindow(5, 2);
    expect(windows).toHaveLength(1);
    expect(windows[0]).toMatchObject({ revision: 1, total: 20, rows: [{ id: 6 }, { id: 7 }] });
    expect(windows[0]?.rows[0]).toMatchObject({
      localPath: "/from/f5",
      remotePath: "/to/f5",
      remoteDisplayPath: "/TO/F5",
      siteName: "name of s",
      state: "queued",
    });
  });

  test("a thousand changes are one look, at most every 100 ms", () => {
    const { windows } = watchWindow(0, 3);
    for (let count = 0; count < 1_000; count++) {
      store.checkpoint(1, count);
      views.changed();
    }
    clock.advance(99);
    expect(windows).toHaveLength(1);
    clock.advance(1);
    expect(windows).toHaveLength(2);
    expect(windows[1]).toMatchObject({ revision: 2, rows: [{ bytesDone: 999 }, {}, {}] });
  });

  test("the end of the last transfer is seen at once, and nothing is left to look at", () => {
    const { windows } = watchWindow(0, 3);
    store.applyAll([1], "cancel");
    views.changed();
    views.settled();
    expect(windows).toHaveLength(2);
    expect(windows[1]).toMatchObject({ total: 19 });
    expect(clock.timers()).toBe(0);
  });

  test("says nothing when nothing in view has changed, but does when its rows shift", () => {
    const { windows } = watchWindow(0, 3);
    store.checkpoint(15, 7);
    views.changed();
    clock.advance(100);
    expect(windows).toHaveLength(1);
    store.applyAll([1], "cancel");
    views.changed();
    clock.advance(100);
    expect(windows[1]).toMatchObject({ total: 19, rows: [{ id: 2 }, { id: 3 }, { id: 4 }] });
  });

  test("ends when stopped, and leaves no timer", () => {
    const { windows, stop } = watchWindow(0, 3);
    stop();
    store.applyAll([1], "cancel");
    views.changed();
    expect(clock.timers()).toBe(0);
    expect(windows).toHaveLength(1);
  });
});

describe("the summary", () => {
  test("counts each state, a transfer between two tries as queued, and the bytes that remain", () => {
    const summaries: QueueSummary[] = [];
    views.watchSummary((summary) => summaries.push(summary));
    for (const id of [1, 2, 3]) store.apply(id, "claim");
    store.apply(1, "backOff", { retryAtMs: clock.now() + 5 });
    store.apply(2, "succeed", { bytesDone: 10 });
    store.applyAll([4, 5], "pause");
    store.apply(6, "cancel");
    views.changed();
    clock.advance(100);
    expect(summaries).toHaveLength(2);
    expect(summaries[1]).toEqual({
      queued: 15,
      running: 1,
      waiting: 0,
      paused: 2,
      failed: 0,
      completed: 2,
      bytesRemaining: 180,
      isProcessing: true,
      resting: [],
    });
  });

  test("tells which sites are waited for, since when and until when, as long as something waits for them", () => {
    const nextTryMs = outages.note("s", { kind: "connection-refused", text: "refused" });
    outages.note("without transfers", { kind: "connection-refused", text: "refused" });
    const summaries: QueueSummary[] = [];
    views.watchSummary((summary) => summaries.push(summary));
    const why = { errorKind: "connection-refused", errorText: "refused" };
    expect(summaries[0]?.resting).toEqual([
      { siteId: "s", siteName: "name of s", ...why, sinceMs: clock.now(), nextTryMs },
    ]);
    store.applyAll(store.selectIds({ filter: "queued" }, ["queued"], 0, 100), "cancel");
    views.settled();
    expect(summaries[1]?.resting).toEqual([]);
  });
});
