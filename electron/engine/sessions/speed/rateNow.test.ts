import { describe, expect, test } from "vitest";
import type { SpeedRule } from "../../../../shared/models/speedLimit.ts";
import { rateIn, rateNow, type SpeedSettings, wallTimeOf } from "./rateNow.ts";

const weekdays = [1, 2, 3, 4, 5];
const rule = (days: number[], from: number, to: number, down: number, up = 0): SpeedRule => ({
  days,
  fromMinute: from * 60,
  toMinute: to * 60,
  maxDownBytesPerSecond: down,
  maxUpBytesPerSecond: up,
});
const settings = (change: Partial<SpeedSettings>): SpeedSettings => ({
  limitsSpeed: true,
  maxDownBytesPerSecond: 5_000,
  maxUpBytesPerSecond: 4_000,
  speedSchedule: [],
  ...change,
});
const at = (day: number, hour: number, minute = 0) => ({ day, minute: hour * 60 + minute });

describe("the rate in force", () => {
  test("is none while the limits are switched off", () => {
    const speedSchedule = [rule([0, 1, 2, 3, 4, 5, 6], 0, 24, 2_000)];
    expect(rateNow(settings({ limitsSpeed: false, speedSchedule }), "download", at(1, 12))).toBeNull();
  });

  test("without a schedule is what the settings say, each way; 0 is no limit", () => {
    expect(rateNow(settings({}), "download", at(1, 12))).toBe(5_000);
    expect(rateNow(settings({}), "upload", at(1, 12))).toBe(4_000);
    expect(rateNow(settings({ maxUpBytesPerSecond: 0 }), "upload", at(1, 12))).toBeNull();
  });

  test.each([
    ["at its first minute", at(1, 9), 2_000],
    ["at its last minute", at(5, 16, 59), 2_000],
    ["a minute later", at(5, 17), null],
    ["on another day", at(6, 12), null],
    ["where the first of two rules fits", at(3, 12, 30), 2_000],
    ["in the evening of a night rule", at(0, 22), 3_000],
    ["after the midnight of a night rule", at(1, 5, 59), 3_000],
    ["when the night is over", at(1, 6), null],
    ["in the morning of the night rule's own day", at(0, 3), null],
  ])("of a schedule %s", (_, time, expected) => {
    const speedSchedule = [rule(weekdays, 9, 17, 2_000), rule([3], 12, 13, 9_000), rule([0], 22, 6, 3_000)];
    expect(rateNow(settings({ speedSchedule }), "download", time)).toBe(expected);
    expect(rateNow(settings({ speedSchedule }), "upload", time)).toBeNull();
  });

  test("a rule from midnight to midnight is the whole day, and not the next", () => {
    const speedSchedule = [rule([2], 0, 24, 7_000)];
    expect(rateNow(settings({ speedSchedule }), "download", at(2, 0))).toBe(7_000);
    expect(rateNow(settings({ speedSchedule }), "download", at(2, 23, 59))).toBe(7_000);
    expect(rateNow(settings({ speedSchedule }), "download", at(3, 0))).toBeNull();
  });
});

test("a site that is gone has no limit", () => {
  expect(rateIn(null, "download")).toBeNull();
});

test("the time is that of the wall", () => {
  expect(wallTimeOf(new Date(2026, 10, 21, 15, 46).getTime())).toEqual({ day: 6, minute: 15 * 60 + 46 });
});
