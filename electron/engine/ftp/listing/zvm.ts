import { utcDate } from "../protocol/timestamps.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { fullYear, modifiedAt, readTimeOfDay } from "./timeOfDay.ts";

/**
 * z/VM (CMS), on a server that calls itself so: name, type, perhaps the disk's mode, record format, record length, records, blocks, date:
 *   "README   ANONYMOU V         71         26          1 1997-04-02 12:33:20 TCP291"
 *   "LASTING  GLOBALV   A1 V      41     21     1       9/16/91   15:10:32"
 */
export const zvm: ListingFamily = { name: "zvm", readLine };

const linePattern =
  /^\s{0,8}(?<file>\S{1,8})\s+(?<kind>\S{1,8})\s+(?:[A-Z]\d\s+)?(?<format>[VF]|DIR|-)\s+[\d-]{1,12}\s+[\d-]{1,12}\s+[\d-]{1,12}\s+(?<date>[\d/-]{6,10})\s+(?<time>\d{1,2}:\d\d:\d\d)(?:\s+\S+)?\s*$/;

function readLine(line: string, context: LineContext): LineReading {
  const groups = linePattern.exec(line.slice(0, 256))?.groups;
  if (groups === undefined) return null;
  const { file = "", kind = "", format = "", date = "", time = "" } = groups;
  const midnight = readDate(date);
  const timeOfDay = readTimeOfDay(time);
  if (midnight === null || timeOfDay === null) return null;
  const isFolder = format === "DIR" || kind === "DIR";
  return asEntry({
    wireName: isFolder ? file : `${file}.${kind}`,
    type: isFolder ? "directory" : "file",
    ...modifiedAt(midnight, timeOfDay, context),
  });
}

/** "1997-04-02", "9/16/91", "1/03/100" */
function readDate(text: string): number | null {
  const match = /^(\d{1,4})[/-](\d{1,2})[/-](\d{2,4})$/.exec(text);
  if (match === null) return null;
  const [, first = "", second = "", third = ""] = match;
  if (first.length === 4) return utcDate(Number(first), Number(second), Number(third));
  return utcDate(fullYear(third), Number(first), Number(second));
}
