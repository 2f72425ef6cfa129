import { expect, test } from "vitest";
import { formatOffset, parseOffset } from "./timeZoneOffset.ts";

test.each([
  ["+8:00", 480],
  ["8", 480],
  ["+08:00", 480],
  ["-3:30", -210],
  ["−3：30", -210],
  ["UTC+5:45", 345],
  ["gmt", undefined],
  ["+0", 0],
  ["-0:00", 0],
  ["  ", null],
  ["-24:00", -1440],
  ["24:01", undefined],
  ["+8:60", undefined],
  ["+8.5", undefined],
  ["Berlin", undefined],
])("%j means %j minutes", (text, minutes) => expect(parseOffset(text)).toBe(minutes));

test.each([
  [null, ""],
  [0, "+0:00"],
  [480, "+8:00"],
  [-210, "-3:30"],
  [-30, "-0:30"],
])("%j is shown as %j, and read again", (minutes, text) => {
  expect(formatOffset(minutes)).toBe(text);
  expect(parseOffset(text)).toBe(minutes);
});
