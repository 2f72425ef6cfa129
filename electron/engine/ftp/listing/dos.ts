import { parseSize } from "../protocol/sizeReply.ts";
import { utcDate } from "../protocol/timestamps.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { modifiedAt, readTimeOfDay } from "./timeOfDay.ts";

/** MS-DOS style (IIS, Windows CE): "04-27-00  12:09PM       <DIR>          pub", "2002-09-02  19:06   9,730 file". */
export const dos: ListingFamily = { name: "dos", readLine };

const linePattern =
  /^ {0,8}(?<date>\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4})\s{1,8}(?<clock>\d{1,2}:\d\d(?::\d\d)?)(?:[ ]?(?<half>[AP]M?))?\s{1,40}(?:<(?<mark>[A-Z]{1,12})>\s{1,40}|(?<size>\d[\d.,]{0,30}) )(?<name>.+)$/is;

function readLine(line: string, context: LineContext): LineReading {
  const groups = linePattern.exec(line)?.groups;
  if (groups === undefined) return null;
  const { date = "", clock = "", half = "", mark, size, name = "" } = groups;
  const midnight = readDate(date);
  const time = readTimeOfDay(clock + half);
  const type = mark === undefined ? "file" : typeOfMark(mark.toUpperCase());
  if (midnight === null || time === null || type === null) return null;
  const link =
    type === "symlink" ? /^(?<name>.+?)(?: => (?<arrow>.+)| \[(?<bracket>.+)\])$/s.exec(name)?.groups : undefined;
  return asEntry({
    wireName: link?.name ?? name,
    type,
    size: size === undefined ? null : parseSize(size.replaceAll(/[.,]/g, "")),
    ...modifiedAt(midnight, time, context),
    linkTarget: link?.arrow ?? link?.bracket ?? null,
  });
}

/** Month first with dashes and slashes, day first with dots, year first when it has four digits; what cannot be a month is a day. */
function readDate(text: string): number | null {
  const [first = "", second = "", third = ""] = text.split(/[-/.]/);
  if (first.length === 4) return utcDate(Number(first), Number(second), Number(third));
  if (first.length > 2 || third.length === 3) return null;
  const year = third.length === 4 ? Number(third) : centuryOf(Number(third)) + Number(third);
  const isDayFirst = text.includes(".") || Number(first) > 12;
  return isDayFirst ? utcDate(year, Number(second), Number(first)) : utcDate(year, Number(first), Number(second));
}

/** DOS time begins in 1980. */
function centuryOf(twoDigits: number): number {
  return twoDigits >= 80 ? 1900 : 2000;
}

function typeOfMark(mark: string): "directory" | "symlink" | null {
  if (mark === "DIR") return "directory";
  return mark === "JUNCTION" || mark === "SYMLINK" || mark === "SYMLINKD" ? "symlink" : null;
}
