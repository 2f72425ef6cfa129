import type { SpeedRule } from "../../shared/models/speedLimit.ts";

/** What most people want: less while others work. */
export const newRule: SpeedRule = {
  days: [1, 2, 3, 4, 5],
  fromMinute: 9 * 60,
  toMinute: 17 * 60,
  maxDownBytesPerSecond: 1024 * 1024,
  maxUpBytesPerSecond: 256 * 1024,
};

/** Takes a day out of a rule or puts it in; the last one stays. */
export function toggleDay(rule: SpeedRule, day: number): SpeedRule {
  if (!rule.days.includes(day)) return { ...rule, days: [...rule.days, day].sort((a, b) => a - b) };
  return rule.days.length === 1 ? rule : { ...rule, days: rule.days.filter((one) => one !== day) };
}

/** 570 → "09:30"; midnight at the end of the day is "00:00". */
export function timeText(minute: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

/** "09:30" → 570; null: no time. */
export function parseTime(text: string): number | null {
  const found = /^(?<hours>[01]\d|2[0-3]):(?<minutes>[0-5]\d)$/.exec(text)?.groups;
  return found === undefined ? null : Number(found.hours) * 60 + Number(found.minutes);
}

export type WeekDay = { readonly day: number; readonly short: string; readonly long: string };

/** Monday first, in the window's language. 0 is Sunday. */
export function weekDays(language: string): readonly WeekDay[] {
  const names = (weekday: "short" | "long") => new Intl.DateTimeFormat(language, { weekday, timeZone: "UTC" });
  const [short, long] = [names("short"), names("long")];
  return [1, 2, 3, 4, 5, 6, 0].map((day) => {
    const date = Date.UTC(2024, 0, 7 + day); // 7 January 2024 was a Sunday
    return { day, short: short.format(date), long: long.format(date) };
  });
}
