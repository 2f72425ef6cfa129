import type { TimePrecision } from "../../../../shared/models/entry.ts";
import { utcDate } from "../protocol/timestamps.ts";
import { type DateNumber, readDateNumbers } from "./dateNumbers.ts";
import { monthNumber } from "./monthNames.ts";
import type { LineContext } from "./rawEntry.ts";
import { readTimeOfDay, type TimeOfDay } from "./timeOfDay.ts";
import { readWholeDate } from "./wholeDate.ts";
import { isDigitAt, isDigits, type Words } from "./words.ts";

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
 *   "Oct 08, 2002 09:47"  "Wed Jan 10 13:09:33 2024"
 *   "2005-06-07 21:22"  "2005-06-07 21:22:33.0 +0200"  "24-04-2003 17:12"  "2004.07.15"  "2005년  1월  6일"
 */
export function readUnixDate(words: Words, at: number, context: LineContext): UnixDate | null {
  const first = words.text(at);
  if (!isDigitAt(first, 0)) {
    const start = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?$/.test(first) ? at + 1 : at;
    const month = monthNumber(words.text(start));
    if (month === 0) return null;
    const [number] = readDateNumbers(words, start + 1, 1);
    return number === undefined || number.digits > 2
      ? null
      : readAfterDay({ ...number, month, day: number.value }, words, context);
  }
  if (isDigits(first) && isDigits(words.text(at + 1)) && !words.text(at + 2).includes(":")) return null; // owner, group
  return readWholeWord(words, at, context) ?? readNumbered(words, at, context);
}

/** A time or a year follows a day without year. */
function readAfterDay(day: Day, words: Words, context: LineContext): UnixDate | null {
  const time = readTimeOfDay(words.text(day.next));
  if (time === null) return readYear(day, words, context);
  // `ls -lT` of the BSDs: "Jan 10 13:09:33 2020 name"
  const isFull = time.precision === "second" && isYear(words.text(day.next + 1)) && words.has(day.next + 2);
  if (!isFull) return withGuessedYear(day, time, context);
  return dated(utcDate(Number(words.text(day.next + 1)), day.month, day.day), time, day.next + 2, context);
}

function readYear(day: Day, words: Words, context: LineContext): UnixDate | null {
  const word = words.text(day.next);
  const year = isYear(word) ? Number(word) : yearWithUnit(words, day.next);
  const midnight = year === null ? null : utcDate(year, day.month, day.day);
  // VShell: "Oct 08, 2002 09:47". Without the comma the next word is the name, even when it looks like a time.
  const clock = words.text(day.next - 1).endsWith(",") ? readTimeOfDay(words.text(day.next + 1)) : null;
  return dated(midnight, clock, day.next + (clock === null ? 1 : 2), context);
}

function isYear(word: string): boolean {
  return word.length === 4 && isDigits(word);
}

/** "2003年" */
function yearWithUnit(words: Words, at: number): number | null {
  const [number] = readDateNumbers(words, at, 1);
  return number?.digits === 4 && number.next === at + 1 ? number.value : null;
}

/** "2005-06-07 21:22", "1999/10/12 17:12", "2004.07.15"; `ls --full-time` adds seconds and a zone, which then counts. */
function readWholeWord(words: Words, at: number, context: LineContext): UnixDate | null {
  const date = readWholeDate(words.text(at));
  if (date === null) return null;
  const time = date.time ?? readTimeOfDay(words.text(at + 1));
  const next = date.time !== null || time === null ? at + 1 : at + 2;
  const zone = time === null ? null : /^([+-])(\d\d)(\d\d)$/.exec(words.text(next));
  if (zone === null && !date.isUtc) return dated(date.midnightMs, time, next, context);
  const zoneOffsetMs = zone === null ? 0 : zoneOffset(zone);
  const known = dated(date.midnightMs, time, zone === null ? next : next + 1, { ...context, zoneOffsetMs });
  return known && { ...known, isUtc: true };
}

function zoneOffset([, sign, hours, minutes]: RegExpExecArray): number {
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "+" ? -offsetMs : offsetMs;
}

/** Dates that begin with a number and have a word for each part. */
function readNumbered(words: Words, at: number, context: LineContext): UnixDate | null {
  const dashed = /^(\d{1,2})-(\d{1,2})$/.exec(words.text(at));
  if (dashed !== null)
    return readIfReal({ month: Number(dashed[1]), day: Number(dashed[2]), next: at + 1 }, words, context);
  const [first, second, third] = readDateNumbers(words, at, 3);
  if (first === undefined) return null;
  if (first.digits === 4 && second && third) return readYearFirst(first, second, third, words, context);
  if (first.digits > 2) return null;
  const month = monthNumber(words.text(first.next));
  if (month !== 0) return readAfterDay({ month, day: first.value, next: first.next + 1 }, words, context);
  if (second === undefined || second.digits > 2) return null;
  // Bare numbers are a date only before a time: "531 3 29 03:26"; otherwise they may be owner, group and size.
  const isDate = first.hasUnit || readTimeOfDay(words.text(second.next)) !== null;
  return isDate ? readIfReal({ month: first.value, day: second.value, next: second.next }, words, context) : null;
}

function readIfReal(day: Day, words: Words, context: LineContext): UnixDate | null {
  return day.month < 1 || day.month > 12 ? null : readAfterDay(day, words, context);
}

/** "2005년  1월  6일", "2019年 11月 30日", "2003   3日 20": one part at least says what it counts. */
function readYearFirst(
  year: DateNumber,
  month: DateNumber,
  day: DateNumber,
  words: Words,
  context: LineContext,
): UnixDate | null {
  if (!year.hasUnit && !month.hasUnit && !day.hasUnit) return null;
  const time = readTimeOfDay(words.text(day.next));
  const midnight = utcDate(year.value, month.value, day.value);
  return dated(midnight, time, time === null ? day.next : day.next + 1, context);
}

/** The newest year in which the time is not in the future; a day of grace, because the server may live further east. */
function withGuessedYear(day: Day, time: TimeOfDay, context: LineContext): UnixDate | null {
  const latestMs = context.nowMs + dayMs;
  const newest = new Date(latestMs).getUTCFullYear();
  for (let year = newest; year > newest - 10; year--) {
    const midnight = utcDate(year, day.month, day.day); // null: 29 February in most years
    if (midnight !== null && midnight + time.ms <= latestMs) return dated(midnight, time, day.next + 1, context);
  }
  return null;
}

const dayMs = 86_400_000;

function dated(
  midnightMs: number | null,
  time: TimeOfDay | null,
  next: number,
  { zoneOffsetMs }: Pick<LineContext, "zoneOffsetMs">,
): UnixDate | null {
  if (midnightMs === null) return null;
  // A day is a day wherever one lives: only a time of day can be corrected.
  if (time === null) return { ms: midnightMs, precision: "day", isUtc: false, next };
  return { ms: midnightMs + time.ms + zoneOffsetMs, precision: time.precision, isUtc: false, next };
}
