import type { Settings } from "../../../../shared/models/settings.ts";
import type { SpeedRule } from "../../../../shared/models/speedLimit.ts";
import type { Direction } from "../../../../shared/models/transfer.ts";
import type { Rate } from "./speedLimits.ts";

export type SpeedSettings = Pick<
  Settings,
  "limitsSpeed" | "maxDownBytesPerSecond" | "maxUpBytesPerSecond" | "speedSchedule"
>;

/** A moment as a clock on the wall shows it. */
export type WallTime = {
  /** 0: Sunday. */
  readonly day: number;
  readonly minute: number;
};

export function wallTimeOf(nowMs: number): WallTime {
  const date = new Date(nowMs);
  return { day: date.getDay(), minute: date.getHours() * 60 + date.getMinutes() };
}

/** What all transfers of a direction share now. With a schedule its first fitting rule says it, and where none fits nothing is limited. */
export function rateNow(settings: SpeedSettings, direction: Direction, time: WallTime): Rate {
  if (!settings.limitsSpeed) return null;
  const { speedSchedule } = settings;
  const limits = speedSchedule.length === 0 ? settings : speedSchedule.find((rule) => isInForce(rule, time));
  return rateIn(limits, direction);
}

/** 0 means no limit, in settings, rules and sites alike. */
export function rateIn(
  limits: { readonly maxDownBytesPerSecond: number; readonly maxUpBytesPerSecond: number } | null | undefined,
  direction: Direction,
): Rate {
  const rate = direction === "download" ? limits?.maxDownBytesPerSecond : limits?.maxUpBytesPerSecond;
  return rate === undefined || rate === 0 ? null : rate;
}

/** From 22:00 to 06:00 goes into the next morning, which belongs to the evening's day. */
function isInForce({ days, fromMinute, toMinute }: SpeedRule, { day, minute }: WallTime): boolean {
  if (fromMinute < toMinute) return days.includes(day) && minute >= fromMinute && minute < toMinute;
  const dayBefore = (day + 6) % 7;
  return (days.includes(day) && minute >= fromMinute) || (days.includes(dayBefore) && minute < toMinute);
}
