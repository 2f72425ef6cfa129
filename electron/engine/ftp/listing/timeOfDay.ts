import type { TimePrecision } from "../../../../shared/models/entry.ts";
import type { LineContext, RawEntry } from "./rawEntry.ts";

/** Time since midnight. */
export type TimeOfDay = { readonly ms: number; readonly precision: TimePrecision };

/** "9:07", "21:22:33", "10:30:13.64"; null when it is no time of day. Fractions are cut. */
export function readTimeOfDay(text: string): TimeOfDay | null {
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?$/.exec(text);
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return { ms: ((hour * 60 + minute) * 60 + second) * 1000, precision: match[3] === undefined ? "minute" : "second" };
}

/** Day and time as the server shows them, in its own time zone. Without a time the day is all that is known. */
export function modifiedAt(
  midnightMs: number | null,
  time: TimeOfDay | null,
  context: LineContext,
): Pick<RawEntry, "modifiedMs" | "modifiedPrecision"> {
  if (midnightMs === null) return { modifiedMs: null, modifiedPrecision: "day" };
  return {
    modifiedMs: midnightMs + (time?.ms ?? 0) + context.zoneOffsetMs,
    modifiedPrecision: time?.precision ?? "day",
  };
}

/** "99" is 1999, "04" is 2004, "103" is 2003 (a server that counts from 1900), "2004" is itself. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  if (digits.length === 3) return 1900 + year;
  return year + (year >= 70 ? 1900 : 2000); // Unix time begins in 1970
}
