import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultSettings } from "../../../shared/models/settings.ts";
import { createFakeClock } from "../util/testing/fakeClock.ts";
import { createClaims } from "./claims.ts";
import { keepRuns } from "./runs.ts";
import type { NewTransfer } from "./store/arrivals.ts";
import { openQueueStore, type QueueStore } from "./store/queueStore.ts";

let store: QueueStore;
beforeEach(() => {
  store = openQueueStore(":memory:");
});
afterEach(() => store.close());

const large = 20 * 1024 * 1024;

function drop(names: readonly string[]): void {
  const transfers = names.map(
    (name): NewTransfer => ({
      ...{ kind: "file", sourceName: name, targetName: name, modifiedMs: null, precision: "second" },
      size: name.startsWith("large") ? large : 10,
    }),
  );
  store.addBatch({
    siteId: "site",
    direction: "upload",
    root: "/to",
    nowMs: 1,
    places: new Map([["/from", transfers]]),
  });
}

function claim(maxTransfers: number): string[] {
  const clock = createFakeClock();
  const runs = keepRuns();
  const claims = createClaims({
    ...{ store, clock, runs },
    settings: () => ({ ...defaultSettings, maxTransfers }),
    outages: { mayBegin: () => true },
    pace: { limit: () => maxTransfers },
    foresee: () => null,
  });
  return claims.claimAll().map(({ row }) => row.sourceName);
}

describe("large files and small ones", () => {
  test("a slot of four is kept for small files, and goes to the next of them", () => {
    drop(["large 1", "large 2", "large 3", "large 4", "small 1", "small 2"]);
    expect(claim(4)).toEqual(["large 1", "large 2", "large 3", "small 1"]);
  });

  test("large files take every slot that no small one wants", () => {
    drop(["large 1", "large 2", "large 3", "large 4", "large 5"]);
    expect(claim(4)).toEqual(["large 1", "large 2", "large 3", "large 4"]);
  });

  test("small files in front of large ones keep their turn", () => {
    drop(["small 1", "small 2", "small 3", "large 1", "large 2"]);
    expect(claim(4)).toEqual(["small 1", "small 2", "small 3", "large 1"]);
  });

  test("with two slots the order alone counts", () => {
    drop(["large 1", "large 2", "small 1"]);
    expect(claim(2)).toEqual(["large 1", "large 2"]);
  });

  test("a small file never passes what the user finds more urgent", () => {
    drop(["large 1", "large 2", "large 3", "large 4", "small 1"]);
    const ids = [1, 2, 3, 4].filter((id) => store.find(id) !== null);
    store.order.setPriority(ids, 1);
    expect(claim(4)).toEqual(["large 1", "large 2", "large 3", "large 4"]);
  });

  test("nobody looks further for a small file than at the next 500", () => {
    drop([...Array.from({ length: 503 }, (_, index) => `large ${index}`), "small 1"]);
    expect(claim(4)).not.toContain("small 1");
  });
});
