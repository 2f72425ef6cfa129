import { afterEach, beforeEach, expect, test } from "vitest";
import type { QueueSelection } from "../../../../shared/contract/queue.ts";
import type { NewTransfer } from "./arrivals.ts";
import { openQueueStore, type QueueStore } from "./queueStore.ts";
import { forEachStep } from "./rowSteps.ts";

let store: QueueStore;
beforeEach(() => {
  store = openQueueStore(":memory:");
});
afterEach(() => store.close());

function add(count: number, prefix: string): number {
  const files = Array.from({ length: count }, (_, index): NewTransfer => {
    const name = `${prefix} ${index}`;
    return { kind: "file", sourceName: name, targetName: name, size: 1, modifiedMs: null, precision: "second" };
  });
  const places = new Map([["/from", files]]);
  return store.addBatch({ siteId: "s", direction: "upload", root: "/to", nowMs: 1, places }).batchId;
}

/** The steps of a change in which each row takes `msPerRow`. */
async function stepsOf(selection: QueueSelection, msPerRow = 0): Promise<number[][]> {
  const steps: number[][] = [];
  let nowMs = 0;
  const step = (ids: readonly number[]) => {
    steps.push([...ids]);
    nowMs += ids.length * msPerRow;
  };
  await forEachStep(store, selection, ["queued"], step, () => nowMs);
  return steps;
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test("every row of a selection has its step once, the oldest first", async () => {
  const first = add(5_000, "a");
  const second = add(30, "b");
  store.apply(7, "pause");
  expect((await stepsOf({ batchId: first })).flat()).toEqual(upTo(5_000).filter((id) => id !== 7));
  expect((await stepsOf({ batchId: second })).flat()).toEqual(upTo(5_030).slice(5_000));
  expect(await stepsOf({ ids: [5_029, 3, 7, 90_000, 2] })).toEqual([[2, 3, 5_029]]);
  expect(await stepsOf({ ids: [] })).toEqual([]);
});

test("what takes long is done in smaller steps, what is cheap in larger ones", async () => {
  add(20_000, "a");
  const slow = await stepsOf({ filter: "queued" }, 0.1);
  expect(slow.flat()).toEqual(upTo(20_000));
  expect(slow.at(-2)).toHaveLength(100); // 10 ms
  const cheap = await stepsOf({ filter: "queued" });
  expect(cheap.flat()).toEqual(upTo(20_000));
  expect(cheap.length).toBeLessThan(10);
});

test("rows that come while it lasts are meant too", async () => {
  add(10, "a");
  const seen: number[] = [];
  await forEachStep(store, { filter: "queued" }, ["queued"], (ids) => {
    if (seen.length === 0) add(2_000, "b");
    seen.push(...ids);
  });
  expect(seen).toEqual(upTo(2_010));
});

test("between two steps others have their turn", async () => {
  add(3_000, "a");
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const turnsAtStep: number[] = [];
  await forEachStep(store, { filter: "queued" }, ["queued"], () => void turnsAtStep.push(turns));
  isOver = true;
  expect(turnsAtStep).toEqual([...new Set(turnsAtStep)]);
  expect(turnsAtStep.length).toBeGreaterThan(1);
});
