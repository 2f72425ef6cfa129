import type { TimePrecision } from "../../../../shared/models/entry.ts";
import { utcDate } from "../protocol/timestamps.ts";
import { monthNumber } from "./monthNames.ts";
import type { LineContext } from "./rawEntry.ts";
import { readTimeOfDay, type TimeOfDay } from "./timeOfDay.ts";
import type { Words } from "./words.ts";

export type UnixDate = {
  readonly ms: number;
  readonly precision: TimePrecision;
  readonly isUtc: boolean;
  /** Index of the word behind the date. */
  readonly next: number;
};

type Day = { readonly month: number; readonly day: number; readonly next: number };

/**
 * The date that begins at word `at`, in any of the ways `ls` writes it; null when none does, or when it is no real date.
 *   "Nov 01  2007"  "Nov 17 17:08"  "5月  9 14:25"  "24 Dec 2023"  "09-26 2000"  "3 29 03:26"
 *   "Oct 08, 2002 09:47"  "24-04-2003 17:12"
 *   "2005-06-07 21:22"  "2005-06-07 21:22:33.0 +0200"  "2004.07.15"  "2005년  1월  6일"
 */
export function readUnixDate(words: Words, at: number, context: LineContext): UnixDate | null {
  const first = words.text(at);
  if (isPlainNumber(first) && isPlainNumber(words.text(at + 1)) && !words.text(at + 2).includes(":")) return null; // owner, group
  if (/^(?:\d{4}[-/.]|\d{1,2}-\d{1,2}-\d{4}$)/.test(first)) return readIsoDate(words, at, context);
  const whole = /^\d{4}/.test(first) ? readYearFirst(words, at, context) : null;
  if (whole !== null) return whole;
  const day = readDay(words, at);
  if (day === null) return null;
  const last = words.text(day.next);
  const time = readTimeOfDay(last);
  if (time !== null) return withGuessedYear(day, time, context);
  const year = readNumber(last, 4);
  const midnight = year === null ? null : utcDate(year.value, day.month, day.day);
  if (midnight === null) return null;
  // VShell: "Oct 08, 2002 09:47". Without the comma the next word is the name, even when it looks like a time.
  const clock = words.text(day.next - 1).endsWith(",") ? readTimeOfDay(words.text(day.next + 1)) : null;
  const next = day.next + (clock === null ? 1 : 2);
  return {
    ms: midnight + (clock?.ms ?? 0) + context.zoneOffsetMs,
    precision: clock?.precision ?? "day",
    isUtc: false,
    next,
  };
}

/** "2005-06-07 21:22", "1999/10/12 17:12", "2004.07.15"; `ls --full-time` adds seconds and a zone, which then counts. */
function readIsoDate(words: Words, at: number, context: LineContext): UnixDate | null {
  const match =
    /^(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})$/.exec(words.text(at)) ??
    /^(?<day>\d{1,2})-(?<month>\d{1,2})-(?<year>\d{4})$/.exec(words.text(at));
  if (match === null) return null;
  const { year, month, day } = match.groups ?? {};
  const midnight = utcDate(Number(year), Number(month), Number(day));
  if (midnight === null) return null;
  const time = readTimeOfDay(words.text(at + 1));
  if (time === null) return { ms: midnight + context.zoneOffsetMs, precision: "day", isUtc: false, next: at + 1 };
  const zone = /^([+-])(\d\d)(\d\d)$/.exec(words.text(at + 2));
  const offsetMs = zone === null ? context.zoneOffsetMs : zoneOffset(zone);
  return {
    ms: midnight + time.ms + offsetMs,
    precision: time.precision,
    isUtc: zone !== null,
    next: at + (zone === null ? 2 : 3),
  };
}

function zoneOffset([, sign, hours, minutes]: RegExpExecArray): number {
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "+" ? -offsetMs : offsetMs;
}

/** "2005년  1월  6일", "2019年 11月 30日": three numbers, of which one at least carries its word in some East Asian encoding. */
function readYearFirst(words: Words, at: number, context: LineContext): UnixDate | null {
  const year = readNumber(words.text(at), 4);
  const month = readNumber(words.text(at + 1), 2);
  const day = readNumber(words.text(at + 2), 2);
  if (year === null || month === null || day === null) return null;
  if (!year.hasSuffix && !month.hasSuffix && !day.hasSuffix) return null;
  const midnight = utcDate(year.value, month.value, day.value);
  return midnight === null
    ? null
    : { ms: midnight + context.zoneOffsetMs, precision: "day", isUtc: false, next: at + 3 };
}

function readDay(words: Words, at: number): Day | null {
  const first = words.text(at);
  const second = words.text(at + 1);
  const named = monthNumber(first);
  if (named !== 0) return asDay(named, readNumber(second, 2)?.value, at + 2);
  const dashed = /^(\d{1,2})-(\d{1,2})$/.exec(first);
  if (dashed !== null) return asDay(Number(dashed[1]), Number(dashed[2]), at + 1);
  const number = readNumber(first, 2);
  if (number === null) return null;
  const namedSecond = monthNumber(second);
  if (namedSecond !== 0) return asDay(namedSecond, number.value, at + 2);
  const day = readNumber(second, 2);
  // Bare numbers are a date only before a time: "531 3 29 03:26"; otherwise they may be owner, group and size.
  const isNumeric = number.hasSuffix || readTimeOfDay(words.text(at + 2)) !== null;
  return day !== null && isNumeric ? asDay(number.value, day.value, at + 2) : null;
}

function asDay(month: number, day: number | undefined, next: number): Day | null {
  return day === undefined || month < 1 || month > 12 ? null : { month, day, next };
}

/** The newest year in which the time is not in the future; a day of grace, because the server may live further east. */
function withGuessedYear(day: Day, time: TimeOfDay, context: LineContext): UnixDate | null {
  const latestMs = context.nowMs + dayMs;
  const newest = new Date(latestMs).getUTCFullYear();
  for (let year = newest; year > newest - 10; year--) {
    const midnight = utcDate(year, day.month, day.day); // null: 29 February in most years
    if (midnight === null || midnight + time.ms > latestMs) continue;
    return {
      ms: midnight + time.ms + context.zoneOffsetMs,
      precision: time.precision,
      isUtc: false,
      next: day.next + 1,
    };
  }
  return null;
}

const dayMs = 86_400_000;

function isPlainNumber(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0x30 && last <= 0x39 && /^\d+$/.test(text);
}

/** "18", "18." and "18日" in whatever encoding: digits, then perhaps a few bytes of which the first is not ASCII. */
function readNumber(text: string, maxDigits: 2 | 4): { readonly value: number; readonly hasSuffix: boolean } | null {
  const match = /^(\d{1,4})([.,]|[\x80-\xff].{0,3})?$/s.exec(text);
  const digits = match?.[1];
  if (digits === undefined || (maxDigits === 4 ? digits.length !== 4 : digits.length > 2)) return null;
  return { value: Number(digits), hasSuffix: (match?.[2] ?? "") > "\x7f" };
}
