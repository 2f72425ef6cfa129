import { describe, expect, test } from "vitest";
import { newRule, parseTime, timeText, toggleDay, weekDays } from "./speedRules.ts";

describe("a rule of the schedule", () => {
  test("days come and go, and the last one stays", () => {
    expect(toggleDay(newRule, 0).days).toEqual([0, 1, 2, 3, 4, 5]);
    expect(toggleDay(newRule, 3).days).toEqual([1, 2, 4, 5]);
    const sunday = { ...newRule, days: [0] };
    expect(toggleDay(sunday, 0)).toBe(sunday);
  });

  test.each([
    [0, "00:00"],
    [570, "09:30"],
    [1439, "23:59"],
    [1440, "00:00"],
  ])("minute %i is shown as %s", (minute, text) => {
    expect(timeText(minute)).toBe(text);
    expect(parseTime(text)).toBe(minute % 1440);
  });

  test.each(["", "24:00", "9:30", "12:60", "noon"])("%j is no time", (text) => {
    expect(parseTime(text)).toBeNull();
  });

  test("the week begins with Monday and speaks the window's language", () => {
    expect(weekDays("en").map(({ short }) => short)).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
    expect(weekDays("zh-CN")[0]).toEqual({ day: 1, short: "周一", long: "星期一" });
  });
});
