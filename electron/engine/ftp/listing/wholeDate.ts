import { utcDate } from "../protocol/timestamps.ts";
import { monthNumber } from "./monthNames.ts";
import { fullYear, readTimeOfDay, type TimeOfDay } from "./timeOfDay.ts";

/** A date written as one word, perhaps with its time in the same word. */
export type WholeDate = { readonly midnightMs: number; readonly time: TimeOfDay | null; readonly isUtc: boolean };

/**
 * "2005-06-07", "1999/10/12", "2004.07.15", "2005-06-07T21:22:33Z", "24-04-2003", "15.07.2004", "04/24/2003", "07-Jun-2005"; null for anything
 * else, and for a day that does not exist. Between dots and dashes the day comes first, between slashes the month; a number that cannot be a
 * month speaks for itself.
 */
export function readWholeDate(word: string): WholeDate | null {
  const match = /^(\d{1,4})([-/.])(\d{1,2}|[^\W\d]{3,9})\2(\d{1,4})(?:T(\d[\d:.]{3,14})(Z)?)?$/.exec(word);
  if (match === null) return null;
  const [, first = "", mark = "", second = "", third = "", clock, zulu] = match;
  const time = clock === undefined ? null : readTimeOfDay(clock);
  if (clock !== undefined && time === null) return null;
  const midnightMs = readDay(first, mark, second, third);
  return midnightMs === null ? null : { midnightMs, time, isUtc: zulu !== undefined };
}

function readDay(first: string, mark: string, second: string, third: string): number | null {
  const month = Number(second) || monthNumber(second);
  if (first.length === 4) return third.length <= 2 ? utcDate(Number(first), month, Number(third)) : null;
  const isNamed = !/^\d/.test(second); // "10-Jan-24": with a name for the month two digits are certain to be the year
  if (first.length > 2 || (third.length !== 4 && !(isNamed && third.length === 2))) return null;
  const [day, year] = [Number(first), fullYear(third)];
  const isDayFirst = isNamed || day > 12 || (month <= 12 && mark !== "/");
  return isDayFirst ? utcDate(year, month, day) : utcDate(year, day, month);
}
