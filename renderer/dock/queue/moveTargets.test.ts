import { describe, expect, test } from "vitest";
import { sampleTransfer } from "../../stores/testing/samples.ts";
import { dropTarget, stepTarget } from "./moveTargets.ts";

const window = (offset: number, ...ids: number[]) => ({
  offset,
  total: 100,
  rows: ids.map((id) => sampleTransfer({ id })),
});

describe("a step", () => {
  test.each([
    { name: "up leads before the row above", chosen: [3], step: "up", target: { before: 2 } },
    { name: "down leads behind the row below", chosen: [3], step: "down", target: { after: 4 } },
    {
      name: "up gathers several rows before the one above the first",
      chosen: [3, 5],
      step: "up",
      target: { before: 2 },
    },
    { name: "down gathers them behind the one below the last", chosen: [2, 4], step: "down", target: { after: 5 } },
    { name: "up from the top leads nowhere", chosen: [1, 2], step: "up", target: null },
    { name: "down from the bottom leads nowhere", chosen: [5], step: "down", target: null },
    { name: "of rows that are not loaded leads nowhere", chosen: [77], step: "down", target: null },
  ] as const)("$name", ({ chosen, step, target }) => {
    const ids = new Set<number>(chosen);
    expect(stepTarget(window(0, 1, 2, 3, 4, 5), (id) => ids.has(id), step)).toEqual(target);
  });

  test("up past the edge of what is loaded leads nowhere", () => {
    expect(stepTarget(window(20, 1, 2), (id) => id === 1, "up")).toBeNull();
  });
});

describe("letting go", () => {
  test.each([
    { boundary: 20, target: { before: 1 } },
    { boundary: 21, target: { before: 2 } },
    { boundary: 22, target: { after: 2 } },
    { boundary: 40, target: null },
  ])("above row $boundary", ({ boundary, target }) => {
    expect(dropTarget(window(20, 1, 2), boundary)).toEqual(target);
  });
});
