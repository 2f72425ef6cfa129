import { parseSize } from "../protocol/sizeReply.ts";
import { utcDate } from "../protocol/timestamps.ts";
import { monthNumber } from "./monthNames.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { fullYear, modifiedAt, readTimeOfDay } from "./timeOfDay.ts";

/** HP NonStop (Guardian), on a server that calls itself so: `EXT1  101  528  6-Apr-07 14:21:18 255, 0 "oooo"`. */
export const nonStop: ListingFamily = { name: "nonstop", readLine };

const linePattern =
  /^\s{0,8}(?<name>\S{1,64})\s+(?:O\s+)?\d{1,6}[A-Z+*?]{0,2}\s+(?<size>\d{1,20})\s+(?<day>\d{1,2})-(?<month>[A-Za-z]{3})-(?<year>\d{2,4})\s+(?<time>\d{1,2}:\d\d(?::\d\d)?)\s+(?<group>\d{1,3}),\s{0,4}(?<owner>\d{1,3})\s+"?(?<security>[^\s"]{1,8})"?\s*$/;

function readLine(line: string, context: LineContext): LineReading {
  if (/^\s{0,8}File\s+Code\s+EOF\s/.test(line)) return "skip";
  const groups = linePattern.exec(line)?.groups;
  if (groups === undefined) return null;
  const { name = "", size = "", day = "", month = "", year = "", time = "", group = "", owner = "" } = groups;
  const midnight = utcDate(fullYear(year), monthNumber(month), Number(day));
  const timeOfDay = readTimeOfDay(time);
  if (midnight === null || timeOfDay === null) return null;
  return asEntry({
    wireName: name,
    type: "file", // subvolumes are not listed
    size: parseSize(size),
    ...modifiedAt(midnight, timeOfDay, context),
    permissions: groups.security ?? null,
    owner: `${group},${owner}`,
  });
}
