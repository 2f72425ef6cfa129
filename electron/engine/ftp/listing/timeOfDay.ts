import type { TimePrecision } from "../../../../shared/models/entry.ts";
import type { LineContext, RawEntry } from "./rawEntry.ts";
import { isDigitAt } from "./words.ts";

/** Time since midnight. */
export type TimeOfDay = { readonly ms: number; readonly precision: TimePrecision };

/** "9:07", "21:22:33", "10:30:13.64", "02:42PM", "2:42p"; null when it is no time of day. Fractions are cut. */
export function readTimeOfDay(text: string): TimeOfDay | null {
  const hasColon = text.charAt(2) === ":" || text.charAt(1) === ":";
  if (!hasColon || !isDigitAt(text, 0)) return null; // most words are no time: found out without the pattern
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:([AP])\.?(?:M\.?)?)?$/i.exec(text);
  if (match === null) return null;
  const [minute, second] = [Number(match[2]), Number(match[3] ?? 0)];
  const hour = hourOfDay(Number(match[1]), match[4]?.toUpperCase());
  if (hour === null || minute > 59 || second > 59) return null;
  return { ms: ((hour * 60 + minute) * 60 + second) * 1000, precision: match[3] === undefined ? "minute" : "second" };
}

/** Noon is 12 PM, midnight 12 AM. */
function hourOfDay(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour > 23 ? null : hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === "P" ? 12 : 0);
}

/** Day and time as the server shows them, in its own time zone. Without a time the day is all that is known, and a day is a day everywhere. */
export function modifiedAt(
  midnightMs: number | null,
  time: TimeOfDay | null,
  context: LineContext,
): Pick<RawEntry, "modifiedMs" | "modifiedPrecision"> {
  if (midnightMs === null) return { modifiedMs: null, modifiedPrecision: "day" };
  if (time === null) return { modifiedMs: midnightMs, modifiedPrecision: "day" };
  return { modifiedMs: midnightMs + time.ms + context.zoneOffsetMs, modifiedPrecision: time.precision };
}

/** "99" is 1999, "04" is 2004, "103" is 2003 (a server that counts from 1900), "2004" is itself. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length >= 4) return year;
  if (digits.length === 3) return 1900 + year;
  return year + (year >= 70 ? 1900 : 2000); // Unix time begins in 1970
}
