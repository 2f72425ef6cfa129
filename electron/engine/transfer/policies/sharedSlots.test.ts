import { expect, test } from "vitest";
import { mostLargeFiles } from "./sharedSlots.ts";

test.each([
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 3],
  [8, 6],
  [10, 8],
  [20, 15],
])("of %i slots large files take %i at most", (slots, most) => {
  expect(mostLargeFiles(slots)).toBe(most);
});
