import { describe, expect, test } from "vitest";
import { changeMode, parseOctal, parsePermissions } from "./permissions.ts";

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
  expect([parseOctal("755"), parseOctal("75"), parseOctal("788")]).toEqual([0o755, null, null]);
});

test("bits that are said are set, the others stay", () => {
  expect(changeMode(0o4640, { on: 0o010, off: 0o400 })).toBe(0o4250);
});

test("a whole mode needs none from before; a part of one does", () => {
  expect(changeMode(null, { on: 0o755, off: 0o022 })).toBe(0o755);
  expect(changeMode(null, { on: 0o700, off: 0 })).toBeNull();
});
