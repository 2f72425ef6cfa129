import { expect, test } from "vitest";
import { fuzzParser, fuzzTargets } from "./fuzzParsers.ts";

test.each(fuzzTargets)("the $name parser keeps its promises whatever it is fed", (target) => {
  expect(fuzzParser(target, { inputs: 5000, seed: 959 }).broken).toEqual([]);
});

test("a parser that throws is caught at it", () => {
  const read = () => {
    throw new Error("no");
  };
  expect(fuzzParser({ name: "broken", read }, { inputs: 3, seed: 1 }).broken).toHaveLength(3);
});
