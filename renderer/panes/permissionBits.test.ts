import { expect, test } from "vitest";
import { bitOf, bitState, commonChange, fromOctalText, keepsAll, setBit, toOctalText } from "./permissionBits.ts";

test.each([
  ["755", { on: 0o755, off: 0o022 }],
  ["000", { on: 0, off: 0o777 }],
  ["x5x", { on: 0o050, off: 0o020 }],
  ["xxx", keepsAll],
  ["4755", { on: 0o4755, off: 0o3022 }],
])("%s is read", (text, change) => expect(fromOctalText(text)).toEqual(change));

test.each(["", "75", "788", "75555", "rwx", "xxxx"])("%j is no octal value", (text) =>
  expect(fromOctalText(text)).toBeNull(),
);

test.each(["755", "007", "6x0", "xxx", "4755"])("%s comes back as it was typed", (text) =>
  expect(toOctalText(fromOctalText(text) ?? keepsAll)).toBe(text),
);

test("each checkbox is one bit", () => {
  expect([bitOf(0, 0), bitOf(1, 1), bitOf(2, 2)]).toEqual([0o400, 0o020, 0o001]);
});

test("a box is on, off, or as each entry has it; a press settles it", () => {
  const change = fromOctalText("6xx") ?? keepsAll;
  expect([bitState(change, 0o400), bitState(change, 0o100), bitState(change, 0o004)]).toEqual([true, false, null]);
  const settled = setBit(setBit(change, 0o004, true), 0o400, false);
  expect([bitState(settled, 0o400), bitState(settled, 0o004), toOctalText(settled)]).toEqual([false, true, "2xx"]);
});

test("what entries agree on is shown, the rest is left as each has it", () => {
  expect(toOctalText(commonChange(["rw-r--r--", "rw-r--r--"]))).toBe("644");
  expect(toOctalText(commonChange(["rw-r--r--", "rw-rw-r--"]))).toBe("6x4");
  expect(commonChange(["rw-r--r--", null])).toEqual(keepsAll);
  expect(commonChange([])).toEqual(keepsAll);
  expect(toOctalText(commonChange(["rwsr-xr-x"]))).toBe("4755");
});
