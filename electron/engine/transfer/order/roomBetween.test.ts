import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roomBetween, type Shift } from "./roomBetween.ts";

const moved = (shift: Shift | null, distance: number) => {
  if (shift === null) throw new Error("no room");
  return distance * shift.scale + shift.to;
};

describe("room between two rows", () => {
  test.each([
    { name: "one row goes between its neighbours", gap: { after: 4, before: 5 }, width: 0, at: [4.5] },
    { name: "a row before the first keeps a whole step", gap: { after: -Infinity, before: 1 }, width: 0, at: [0] },
    { name: "a row behind the last stays below the next number", gap: { after: 9, before: 10 }, width: 0, at: [9.5] },
    { name: "rows keep their distances where there is room", gap: { after: 0, before: 100 }, width: 2, at: [1, 2, 3] },
    { name: "rows move closer where there is little", gap: { after: 0, before: 1 }, width: 2, at: [0.25, 0.5, 0.75] },
    { name: "an empty queue has room", gap: { after: -Infinity, before: Infinity }, width: 1, at: [1, 2] },
  ])("$name", ({ gap, width, at }) => {
    const shift = roomBetween(gap, width);
    expect(at.map((_, index) => moved(shift, index))).toEqual(at);
  });

  test.each([
    { name: "two rows at one position have none", gap: { after: 4, before: 4 }, width: 0 },
    { name: "two neighbouring numbers have none", gap: { after: 1, before: 1 + Number.EPSILON }, width: 0 },
    {
      name: "a million rows do not fit where two would",
      gap: { after: 1, before: 1 + 8 * Number.EPSILON },
      width: 1_000_000,
    },
  ])("$name", ({ gap, width }) => {
    expect(roomBetween(gap, width)).toBeNull();
  });

  test("whatever the gap, what is given lies in it and in order", () => {
    const position = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    const rows = fc.array(fc.integer({ min: 1, max: 2_000_000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(position, fc.double({ min: 0, max: 1e6, noNaN: true }), rows, (after, size, ids) => {
        const sorted = [...new Set(ids)].sort((a, b) => a - b);
        const [from = 0, last = from] = [sorted[0], sorted.at(-1)];
        const before = after + size;
        const shift = roomBetween({ after, before }, last - from);
        if (shift === null) return size < 1; // a whole step holds two million rows
        const placed = sorted.map((id) => moved(shift, id - from));
        return placed.every((at, index) => at > (placed[index - 1] ?? after) && at < before);
      }),
      { seed: 20261121, numRuns: 2_000 },
    );
  });
});
