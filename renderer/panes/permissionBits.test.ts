import { describe, expect, test } from "vitest";
import { bitOf, commonMode, parseOctal, parsePermissions, toOctal } from "./permissionBits.ts";

describe("parsePermissions", () => {
  test.each([
    ["rwxr-xr-x", 0o755],
    ["drwxr-xr-x", 0o755],
    ["-rw-r--r--.", 0o644],
    ["rwsr-Sr-t", 0o7745],
    ["rwxr-xr-T", 0o1754],
    ["0644", 0o644],
  ])("reads %s", (text, mode) => expect(parsePermissions(text)).toBe(mode));

  test.each(["", "rwx", "el", "rwxrwxrwxrwx", "999"])("does not guess at %j", (text) =>
    expect(parsePermissions(text)).toBeNull(),
  );
});

test("octal text has three or four digits", () => {
  expect(parseOctal("755")).toBe(0o755);
  expect(parseOctal("75")).toBeNull();
  expect(parseOctal("788")).toBeNull();
  expect(toOctal(0o7)).toBe("007");
  expect(toOctal(0o4755)).toBe("4755");
});

test("each checkbox is one bit", () => {
  expect(bitOf(0, 0)).toBe(0o400);
  expect(bitOf(1, 1)).toBe(0o020);
  expect(bitOf(2, 2)).toBe(0o001);
});

test("a common mode is one that all share", () => {
  expect(commonMode(["rw-r--r--", "rw-r--r--"])).toBe(0o644);
  expect(commonMode(["rw-r--r--", "rwxr-xr-x"])).toBeNull();
  expect(commonMode(["rw-r--r--", null])).toBeNull();
});
