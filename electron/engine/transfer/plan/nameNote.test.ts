import { expect, test } from "vitest";
import type { NamePlatform } from "../../local/localNames.ts";
import { isPathTooLong, nameNote } from "./nameNote.ts";

const table: readonly [string, "upload" | "download", NamePlatform, string, string, string | null][] = [
  ["a name that stays", "download", "linux", "a.txt", "a.txt", null],
  ["a name that Windows forbids", "download", "windows", "a:b.txt", "a：b.txt", "mapped"],
  ["a device's name", "download", "windows", "aux.txt", "‛aux.txt", "mapped"],
  ["a slash in a name", "download", "linux", "a/b", "a／b", "mapped"],
  ["the second of two that are one file here", "download", "mac", "readme.txt", "readme (2).txt", "clash"],
  ["the second of two mapped ones", "download", "windows", "a:b", "a：b (2)", "clash"],
  ["the second of two on a Windows server", "upload", "windows", "readme.txt", "readme (2).txt", "clash"],
  ["a name that it had on its server", "upload", "linux", "a：b", "a:b", "own-name"],
  ["a name that a Windows server refuses", "upload", "windows", "menu: spring", "menu: spring", "windows"],
  ["the same on any other server", "upload", "linux", "menu: spring", "menu: spring", null],
  ["a name with a number of its own", "upload", "linux", "a (2).txt", "a (2).txt", null],
];

test.each(table)("%s", (_, direction, platform, source, target, note) => {
  expect(nameNote({ direction, source, target, platform, hasLookAlike: false })).toBe(note);
});

test("a file of another case at the target is told of", () => {
  const names = { direction: "upload", source: "a", target: "a", platform: "windows", hasLookAlike: true } as const;
  expect(nameNote(names)).toBe("look-alike");
});

test("a path is too long by the bytes or the letters that its system counts", () => {
  expect(isPathTooLong(`/${"a".repeat(4_094)}`, "linux")).toBe(false);
  expect(isPathTooLong(`/${"a".repeat(4_095)}`, "linux")).toBe(true);
  expect(isPathTooLong(`/${"é".repeat(512)}`, "mac")).toBe(true);
  expect(isPathTooLong(`/${"é".repeat(512)}`, "windows")).toBe(false);
});
