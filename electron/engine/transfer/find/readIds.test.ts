import { expect, test } from "vitest";
import { readIds } from "./readIds.ts";

test.each([
  ["", []],
  ["7", [7]],
  ["1,20,300", [1, 20, 300]],
  ["4294967295,0,10", [4_294_967_295, 0, 10]],
])("the list %j", (text, ids) => {
  expect([...readIds(new TextEncoder().encode(text))]).toEqual(ids);
});
