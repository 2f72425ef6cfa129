import { expect, test } from "vitest";
import { speedChoices } from "./speedChoices.ts";

test("the present figure stands among the common ones, in its place, once", () => {
  expect(speedChoices(0)[0]).toBe(0);
  expect(speedChoices(300_000).indexOf(300_000)).toBe(2);
  expect(speedChoices(1024 * 1024)).toHaveLength(speedChoices(0).length);
});
