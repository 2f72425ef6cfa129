import { expect, test } from "vitest";
import { firstWindow, windowAround } from "./windowAround.ts";

test("scrolling inside the window asks for nothing new", () => {
  expect(windowAround(40, 80, 1_000_000, firstWindow)).toBe(firstWindow);
});

test("close to the end of the window the next one is asked for, with the rows in its middle", () => {
  expect(windowAround(150, 190, 1_000_000, firstWindow)).toEqual({ offset: 70, limit: 200 });
});

test("a jump far away asks for the rows there", () => {
  expect(windowAround(900_000, 900_040, 1_000_000, firstWindow)).toEqual({ offset: 899_920, limit: 200 });
});

test("the end of the list is no reason to ask again", () => {
  const last = { offset: 850, limit: 200 };
  expect(windowAround(970, 1_000, 1_000, last)).toBe(last);
});

test("back at the top the window begins at the first row", () => {
  expect(windowAround(0, 40, 1_000_000, { offset: 70, limit: 200 })).toEqual({ offset: 0, limit: 200 });
});

test("wherever one scrolls the window holds what is in view, and stays within the contract's limit", () => {
  let present = firstWindow;
  for (let first = 0; first < 5_000; first += 37) {
    present = windowAround(first, first + 50, 5_050, present);
    expect(present.offset).toBeLessThanOrEqual(first);
    expect(present.offset + present.limit).toBeGreaterThanOrEqual(Math.min(first + 50, 5_050));
    expect(present.limit).toBeLessThanOrEqual(200);
  }
});
