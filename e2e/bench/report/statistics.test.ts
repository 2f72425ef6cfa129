import { expect, test } from "vitest";
import { formatTable, median } from "./statistics.ts";

test.each([
  { values: [3], middle: 3 },
  { values: [9, 1, 5], middle: 5 },
  { values: [4, 1, 3, 100], middle: 3.5 },
  { values: [10, 9, 100, 1, 2], middle: 9 },
])("the median of $values is $middle", ({ values, middle }) => {
  expect(median(values)).toBe(middle);
});

test("of nothing there is no median", () => {
  expect(median([])).toBeNaN();
});

test("a table lines its columns up, words left and figures right", () => {
  const rows = [
    ["", "ours", "theirs"],
    ["one long case", "1.20 s", "2 s"],
    ["b", "10.20 s", "0.5 s"],
  ];
  expect(formatTable(rows)).toBe(
    [
      "                  ours  theirs",
      "-------------  -------  ------",
      "one long case   1.20 s     2 s",
      "b              10.20 s   0.5 s",
    ].join("\n"),
  );
});
