import { expect, test } from "vitest";
import { matchesGlob, readPatterns } from "./glob.ts";

test.each([
  ["*.tmp", "a.tmp", true],
  ["*.tmp", "A.TMP", true],
  ["*.TMP", "a.tmp", true],
  ["*.tmp", "a.tmp.gz", false],
  ["*.tmp", ".tmp", true],
  ["a*b*c", "a--b--b--c", true],
  ["a*b*c", "a--b--c--", false],
  ["????", "four", true],
  ["????", "three", false],
  ["?", "报", true],
  ["?", "😀", true],
  ["报*.txt", "报告.txt", true],
  ["thumbs.db", "Thumbs.db", true],
  ["a.b", "axb", false],
  ["[a]", "a", false],
  ["[a]", "[a]", true],
  ["(a+)+$", "(a+)+$", true],
  ["*", "", true],
  ["**", "x", true],
  ["", "", true],
  ["", "x", false],
  ["a", "", false],
])("%j fits %j: %s", (pattern, name, fits) => {
  expect(matchesGlob(pattern, name)).toBe(fits);
});

test("a hostile pattern takes no longer than its length allows", () => {
  const before = process.cpuUsage();
  expect(matchesGlob(`${"*a".repeat(50)}b`, "a".repeat(2_000))).toBe(false);
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
});

test("patterns stand side by side with semicolons; blanks around them do not count, blanks inside do", () => {
  expect(readPatterns(" *.tmp ;; my file.txt;")).toEqual(["*.tmp", "my file.txt"]);
  expect(readPatterns(" ")).toEqual([]);
});
