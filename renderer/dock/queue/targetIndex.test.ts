import { expect, test } from "vitest";
import { targetIndex } from "./targetIndex.ts";

test.each([
  ["ArrowDown", -1, 0],
  ["ArrowUp", -1, 99],
  ["ArrowDown", 99, 99],
  ["ArrowUp", 0, 0],
  ["PageDown", 95, 99],
  ["PageUp", 5, 0],
  ["PageDown", 10, 20],
  ["Home", 50, 0],
  ["End", 50, 99],
  ["x", 50, null],
])("%s from row %d of 100 goes to %s", (key, from, expected) => expect(targetIndex(key, from, 100, 10)).toBe(expected));

test("an empty list has nowhere to go", () => expect(targetIndex("End", -1, 0, 10)).toBeNull());
