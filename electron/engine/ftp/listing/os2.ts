import { parseSize } from "../protocol/sizeReply.ts";
import { utcDate } from "../protocol/timestamps.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { fullYear, modifiedAt, readTimeOfDay } from "./timeOfDay.ts";

/** OS/2: " 36611      A    04-23-103   10:57  README", "     0           DIR   05-19-2000 12:56  local". */
export const os2: ListingFamily = { name: "os2", readLine };

const linePattern =
  /^\s{0,40}(?<size>\d{1,20})\s+(?<marks>(?:[A-Z]{1,4}\s+){0,6})(?<month>\d{1,2})-(?<day>\d{1,2})-(?<year>\d{2,4})\s+(?<time>\d{1,2}:\d\d)\s+(?<name>\S.*)$/s;

function readLine(line: string, context: LineContext): LineReading {
  const groups = linePattern.exec(line)?.groups;
  if (groups === undefined) return null;
  const { size = "", marks = "", month = "", day = "", year = "", time = "", name = "" } = groups;
  const midnight = utcDate(fullYear(year), Number(month), Number(day));
  const timeOfDay = readTimeOfDay(time);
  if (midnight === null || timeOfDay === null) return null;
  const isFolder = /\bDIR\b/.test(marks);
  return asEntry({
    wireName: name,
    type: isFolder ? "directory" : "file",
    size: isFolder ? null : parseSize(size),
    ...modifiedAt(midnight, timeOfDay, context),
  });
}
