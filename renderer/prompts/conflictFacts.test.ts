import { expect, test } from "vitest";
import { compareSides, isFileName, splitPath } from "./conflictFacts.ts";

const side = (size: number | null, modifiedMs: number | null) => ({ path: "/a", size, modifiedMs });

test.each([
  ["a newer, bigger source", side(20, 90_000), side(10, 10_000), { newer: "source", bigger: "source" }],
  ["a newer, bigger target", side(10, 10_000), side(20, 90_000), { newer: "target", bigger: "target" }],
  [
    "two alike, told apart by less than two seconds",
    side(10, 1_000),
    side(10, 2_500),
    { newer: "same", bigger: "same" },
  ],
  ["a server that does not say", side(10, 1_000), side(null, null), { newer: null, bigger: null }],
  ["an empty file against a byte", side(0, 0), side(1, 0), { newer: "same", bigger: "target" }],
])("%s", (_what, source, target, expected) => expect(compareSides({ source, target })).toEqual(expected));

test.each([
  ["report (2).txt", true],
  ["-dash 图片 %20", true],
  ["", false],
  ["  ", false],
  ["..", false],
  ["a/b", false],
  ["a\\b", false],
  ["a\nb", false],
  ["x".repeat(256), false],
])("a name %j can stand in a folder: %s", (name, expected) => expect(isFileName(name)).toBe(expected));

test.each([
  ["/www/pics/a.jpg", { folder: "/www/pics", name: "a.jpg" }],
  ["/a.jpg", { folder: "/", name: "a.jpg" }],
  ["C:\\Users\\ann\\a.jpg", { folder: "C:\\Users\\ann", name: "a.jpg" }],
])("%s is split into folder and name", (path, expected) => expect(splitPath(path)).toEqual(expected));
