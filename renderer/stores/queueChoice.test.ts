import { describe, expect, test } from "vitest";
import {
  chooseAll,
  chooseOne,
  chooseRange,
  focusOn,
  followRows,
  isChosen,
  isEmptyChoice,
  nothingChosen,
  toggle,
  toQueueSelection,
} from "./queueChoice.ts";
import { sampleTransfer } from "./testing/samples.ts";

const windowOf = (ids: readonly number[], offset = 0, total = ids.length) => ({
  offset,
  total,
  rows: ids.map((id) => sampleTransfer({ id })),
});

describe("choosing rows", () => {
  test("a click chooses one row and sets the anchor", () => {
    expect(chooseOne(4, 40)).toEqual({
      all: false,
      ids: new Set([40]),
      anchorIndex: 4,
      focusIndex: 4,
      focusId: 40,
    });
  });

  test("Ctrl adds a row and takes it out again", () => {
    const two = toggle(chooseOne(0, 10), 2, 12, []);
    expect([...two.ids]).toEqual([10, 12]);
    expect([...toggle(two, 0, 10, []).ids]).toEqual([12]);
  });

  test("Shift keeps the anchor however often the other end moves", () => {
    const once = chooseRange(chooseOne(2, 12), 4, 14, [12, 13, 14]);
    const twice = chooseRange(once, 1, 11, [11, 12]);
    expect(twice).toMatchObject({ anchorIndex: 2, focusIndex: 1, focusId: 11 });
    expect([...twice.ids]).toEqual([11, 12]);
  });

  test("all is chosen without naming a row, and one row can be taken out of it", () => {
    const all = chooseAll(chooseOne(0, 10));
    expect(isChosen(all, 999_999)).toBe(true);
    const less = toggle(all, 1, 11, [10, 11, 12]);
    expect(isChosen(less, 11)).toBe(false);
    expect([...less.ids]).toEqual([10, 12]);
  });

  test("moving the focus alone leaves the selection", () => {
    expect(focusOn(chooseOne(0, 10), 5, 15)).toMatchObject({ ids: new Set([10]), anchorIndex: 0, focusIndex: 5 });
  });
});

describe("the selection as the engine is told it", () => {
  test.each([
    ["nothing", nothingChosen, null],
    ["named rows", toggle(chooseOne(0, 10), 2, 12, []), { ids: [10, 12] }],
    ["a whole tab", chooseAll(nothingChosen), { filter: "failed" }],
  ])("%s", (_what, choice, expected) => {
    expect(toQueueSelection(choice, "failed", " ")).toEqual(expected);
    expect(isEmptyChoice(choice)).toBe(expected === null);
  });
});

test("all of a searched tab is all that the search finds", () => {
  expect(toQueueSelection(chooseAll(nothingChosen), "queued", "boat")).toEqual({ filter: "queued", search: "boat" });
});

describe("following the queue", () => {
  test("a transfer that has left the tab is not selected any more", () => {
    const both = toggle(chooseOne(0, 1), 1, 2, []);
    const after = followRows(both, windowOf([1, 2, 3]), windowOf([2, 3]));
    expect([...after.ids]).toEqual([2]);
  });

  test("rows out of the loaded window stay selected while the user scrolls", () => {
    const chosen = chooseOne(0, 1);
    const after = followRows(chosen, windowOf([1, 2], 0, 1_000), windowOf([201, 202], 200, 1_000));
    expect([...after.ids]).toEqual([1]);
  });

  test("when the focused transfer leaves, the focus stays at its place and takes the row there", () => {
    const after = followRows(chooseOne(1, 2), windowOf([1, 2, 3]), windowOf([1, 3]));
    expect(after).toMatchObject({ focusIndex: 1, focusId: 3 });
  });

  test("an emptied tab has nothing selected and no focus", () => {
    const after = followRows(chooseAll(chooseOne(0, 1)), windowOf([1]), windowOf([]));
    expect(isEmptyChoice(after)).toBe(true);
    expect(after).toMatchObject({ focusIndex: -1, focusId: null });
  });

  test("news that touch nothing give the same choice", () => {
    const chosen = chooseOne(0, 1);
    expect(followRows(chosen, windowOf([1, 2]), windowOf([1, 2]))).toBe(chosen);
  });
});
