import { expect, test } from "vitest";
import { wholeNumberWithin } from "./wholeNumberWithin.ts";

test.each([
  ["1", 1],
  [" 20 ", 20],
  ["007", 7],
  ["0", null],
  ["21", null],
  ["-1", null],
  ["2.5", null],
  ["1e1", null],
  ["", null],
])("%j between 1 and 20 is %j", (text, expected) => expect(wholeNumberWithin(text, 1, 20)).toBe(expected));
