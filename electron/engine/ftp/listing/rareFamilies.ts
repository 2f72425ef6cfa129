import { parseSize } from "../protocol/sizeReply.ts";
import { utcDate } from "../protocol/timestamps.ts";
import { monthNumber } from "./monthNames.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { fullYear, modifiedAt, readTimeOfDay } from "./timeOfDay.ts";

/**
 * Systems that write one fixed shape each. A shape names its columns; all of them mean the same everywhere: name, size, year, month (a
 * number or a name), day, time, owner, permissions; `folder` matches on folders only.
 */
export const rareFamilies: readonly ListingFamily[] = [
  // "206876  Apr 04, 2000 21:06 file", "0  Dec 12, 2002 02:13 dir/"
  shape(
    "vshell",
    /^(?<size>\d{1,20})\s+(?<month>[A-Za-z]{3}) (?<day>\d{1,2}), (?<year>\d{4}) (?<time>\d{1,2}:\d\d(?::\d\d)?) (?<name>[^/]+)(?<folder>\/)?$/s,
  ),
  // "2048    Feb-28-1998  05:23:30   folder <DIR>"
  shape(
    "vxworks",
    /^\s{0,40}(?<size>\d{1,20})\s+(?<month>[A-Za-z]{3})-(?<day>\d{1,2})-(?<year>\d{4})\s+(?<time>\d\d:\d\d:\d\d)\s+(?<name>\S(?:[^<]*[^<\s])?)(?:\s+(?<folder><DIR>))?\s*$/s,
  ),
  // "file       1014196  06/03/04  Thur.   10:20:03" (Nortel wfFtp)
  shape(
    "nortel",
    /^(?<name>\S+)\s+(?<size>\d{1,20})\s+(?<month>\d\d)\/(?<day>\d\d)\/(?<year>\d\d)\s+[A-Z][a-z]{2,4}\.?\s+(?<time>\d\d:\d\d:\d\d)\s*$/,
  ),
  // "20.20 07/03/29 1026 d-ewrewr 2650 85920 folder" (Microware OS-9)
  shape(
    "os9",
    /^\s{0,8}(?<owner>\d{1,5}\.\d{1,5})\s+(?<year>\d\d)\/(?<month>\d\d)\/(?<day>\d\d)\s+(?<time>\d{4})\s+(?<permissions>(?:(?<folder>d)|-)[-sewr]{7})\s+[0-9A-Fa-f]+\s+(?<size>\d{1,20})\s+(?<name>\S.*)$/s,
  ),
  // "DESIGN1.DOC     11264      May 11 1995 14:20   A" (NetManage Chameleon)
  shape(
    "chameleon",
    /^(?<name>\S+)\s+(?:(?<folder><DIR>)|(?<size>\d{1,20}))\s+(?<month>[A-Za-z]{3})\s+(?<day>\d{1,2})\s+(?<year>\d{4})\s+(?<time>\d{1,2}:\d\d)(?:\s+[A-Z]{1,5})?\s*$/,
  ),
  // "CMT             <DIR>           11-21-94        10:17", "README.TXT   1045  05/10/95  11:01" (SuperTCP)
  shape(
    "supertcp",
    /^(?<name>\S+)\s+(?:(?<folder><DIR>)|(?<size>\d{1,20}))\s+(?<month>\d\d)[-/](?<day>\d\d)[-/](?<year>\d\d(?:\d\d)?)\s+(?<time>\d{1,2}:\d\d)\s*$/,
  ),
];

function shape(name: string, pattern: RegExp): ListingFamily {
  return { name, readLine: (line, context) => readShape(pattern.exec(line)?.groups, context) };
}

type Columns = Readonly<Partial<Record<string, string>>>;

function readShape(columns: Columns | undefined, context: LineContext): LineReading {
  if (columns === undefined) return null;
  const { name = "", size = "", folder, year = "", month = "", day = "", time = "", owner, permissions } = columns;
  const monthOfYear = /^\d/.test(month) ? Number(month) : monthNumber(month);
  const midnight = utcDate(fullYear(year), monthOfYear, Number(day));
  const timeOfDay = readTimeOfDay(time.includes(":") ? time : `${time.slice(0, 2)}:${time.slice(2)}`);
  if (midnight === null || timeOfDay === null) return null;
  return asEntry({
    wireName: name,
    type: folder === undefined ? "file" : "directory",
    size: folder === undefined ? parseSize(size) : null,
    ...modifiedAt(midnight, timeOfDay, context),
    owner: owner ?? null,
    permissions: permissions ?? null,
  });
}
