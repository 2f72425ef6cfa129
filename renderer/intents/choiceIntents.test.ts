import { beforeEach, describe, expect, test } from "vitest";
import { applyWindow, initialQueue, useQueueStore } from "../stores/queueStore.ts";
import { sampleTransfer } from "../stores/testing/samples.ts";
import { choiceIntents } from "./choiceIntents.ts";

const plain = { shift: false, ctrl: false };
const shift = { shift: true, ctrl: false };
const ctrl = { shift: false, ctrl: true };

/** A tab of 1,000 rows with ids 1000…1999, of which rows 0…9 are loaded. */
function openTab() {
  const reads: (readonly [number, number])[] = [];
  const rows = Array.from({ length: 10 }, (_, index) => sampleTransfer({ id: 1_000 + index }));
  useQueueStore.setState(applyWindow(initialQueue, "queued", { offset: 0, total: 1_000, rows }));
  const choose = choiceIntents("queued", {
    readIds: async (_filter, offset, count) => {
      reads.push([offset, count]);
      return Array.from({ length: count }, (_, index) => 1_000 + offset + index);
    },
  });
  const chosen = () => [...useQueueStore.getState().choices.queued.ids];
  return { choose, chosen, reads };
}

beforeEach(() => useQueueStore.setState(initialQueue));

describe("choosing by pointer", () => {
  test("a press with Shift chooses all between, and asks the engine for nothing that is loaded", async () => {
    const { choose, chosen, reads } = openTab();
    await choose.press(2, plain);
    await choose.press(5, shift);
    expect(chosen()).toEqual([1_002, 1_003, 1_004, 1_005]);
    expect(reads).toEqual([]);
  });

  test("a range that reaches past the loaded rows is read from the engine", async () => {
    const { choose, chosen, reads } = openTab();
    await choose.press(8, plain);
    await choose.press(300, shift);
    expect(reads).toEqual([[8, 293]]);
    expect(chosen()).toHaveLength(293);
    expect(chosen().at(-1)).toBe(1_300);
  });

  test("a press while rows are still being read wins", async () => {
    const { choose, chosen } = openTab();
    await choose.press(0, plain);
    const slow = choose.press(500, shift);
    await choose.press(3, plain);
    await slow;
    expect(chosen()).toEqual([1_003]);
  });

  test("Ctrl takes one row out of a tab that was chosen whole", async () => {
    const { choose, chosen } = openTab();
    choose.chooseAll();
    await choose.press(0, ctrl);
    expect(chosen()).toHaveLength(999);
    expect(chosen()).not.toContain(1_000);
  });

  test("a right-click keeps a selection it lies in, and replaces one it does not", async () => {
    const { choose, chosen } = openTab();
    await choose.press(1, plain);
    await choose.press(3, shift);
    choose.pressForMenu(2);
    expect(chosen()).toEqual([1_001, 1_002, 1_003]);
    choose.pressForMenu(7);
    expect(chosen()).toEqual([1_007]);
  });
});

describe("choosing by keyboard", () => {
  test("Ctrl moves without choosing, and Space then adds the row", async () => {
    const { choose, chosen } = openTab();
    await choose.moveTo(0, plain);
    await choose.moveTo(4, ctrl);
    expect(chosen()).toEqual([1_000]);
    await choose.toggleFocused();
    expect(chosen()).toEqual([1_000, 1_004]);
  });

  test("Escape leaves nothing chosen", async () => {
    const { choose, chosen } = openTab();
    choose.chooseAll();
    choose.clear();
    expect(chosen()).toEqual([]);
    expect(useQueueStore.getState().choices.queued.all).toBe(false);
  });
});
