import { describe, expect, test } from "vitest";
import { isShortcut, type KeyPress, keysOf } from "./shortcuts.ts";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("isShortcut", () => {
  test("knows each of a command's keys", () => {
    expect(isShortcut(press("F7"), "newFolder")).toBe(true);
    expect(isShortcut(press("N", { ctrlKey: true, shiftKey: true }), "newFolder")).toBe(true);
    expect(isShortcut(press("ArrowUp", { altKey: true }), "up")).toBe(true);
  });

  test("one modifier too many or too few is another key", () => {
    expect(isShortcut(press("F5", { shiftKey: true }), "refresh")).toBe(false);
    expect(isShortcut(press("c"), "copy")).toBe(false);
  });

  test("Command stands for Ctrl on a Mac, and capitals do not matter", () => {
    expect(isShortcut(press("c", { metaKey: true }), "copy")).toBe(true);
    expect(isShortcut(press("C", { ctrlKey: true }), "copy")).toBe(true);
  });
});

test("a menu shows the first of a command's keys", () => expect(keysOf("newFolder")).toBe("F7"));
