import { utcDate } from "../protocol/timestamps.ts";
import { monthNumber } from "./monthNames.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { modifiedAt, readTimeOfDay } from "./timeOfDay.ts";

/**
 * OpenVMS: "README.TXT;1   9/9   2-JUN-1998 07:32:04  [GROUP,OWNER]  (RWED,RWED,RWED,RE)". The columns behind the name come in any
 * order; a long name has a line of its own. A file keeps its version: two versions of one file must not look the same.
 */
export const vms: ListingFamily = { name: "vms", readLine };

const maxWords = 8; // name, size, date, time, owner (perhaps in two words), protection

function readLine(line: string, context: LineContext): LineReading {
  if (isHeading(line)) return "skip";
  const words = line.slice(0, 1024).split(/\s+/, maxWords);
  const [path = "", ...columns] = words[0] === "" ? words.slice(1) : words;
  if (columns.filter((column) => column !== "").length === 0) return isName(path) ? "unfinished" : null;
  const midnight = columns.map(readDate).find((ms) => ms !== null) ?? null;
  const hasSize = columns.some((column) => /^\d{1,19}(?:\/\d{1,19}|KB)?$/.test(column));
  if (midnight === null || !hasSize || !columns.every(isColumn)) return null;
  const time = columns.map(readTimeOfDay).find((one) => one !== null) ?? null;
  const name = path.replace(/^\[[^\]]*\]/, ""); // "[A.DIR]FILE;1": where it lies
  if (/[;[\]/]/.test(name.replace(/;\d{1,5}$/, "")) || /^[-dl](?:[-r][-w][-xsStT]){3}/.test(name)) return null;
  const folder = /^(.+)\.DIR(?:;\d+)?$/i.exec(name);
  return asEntry({
    wireName: folder?.[1] ?? name,
    type: folder === null ? "file" : "directory",
    // Blocks of 512 bytes say where the file ends on the disk, not how long it is: a size made of them would be an invention.
    size: null,
    ...modifiedAt(midnight, time, context),
    permissions: columns.find((column) => /^\([RWED,]*\)$/.test(column)) ?? null,
    ...readOwner(columns.join(" ")),
  });
}

/** "Directory USER1:[TEMP]", "DISK$ANONFTP:[ANONYMOUS]", "Total of 28 Files, 1557541 Blocks.", "%DIRECT-W-NOFILES, no files found". */
function isHeading(line: string): boolean {
  return (
    /^(?:Grand )?Total (?:of )?\d+ \w+|^%[A-Z]+-[SIWEF]-/i.test(line) ||
    /^(?:Directory )?[\w$.-]{1,64}:\[[^\]]{0,255}\]$/i.test(line)
  );
}

/** "UNZIP_AND_ATTACH_FILES.SAV;1"; a long one stands alone on its line. ODS-5 names hold other signs behind a "^". */
function isName(word: string): boolean {
  return /^(?!-[-rwx]{9})(?:[\w$~.\x80-\xff-]|\^[^\s]){1,255}(?:;\d{1,5})?$/.test(word);
}

/** A word that is none of them belongs to a line of another system. */
function isColumn(column: string): boolean {
  return /^(?:\d{1,19}(?:\/\d{1,19}|KB)?|\d{1,2}-[^\W\d]{3}-\d{4}|[\d:.]{4,11}|\(.*|[RWED,]*\)?|\[.*|[^[]*\])$/.test(
    column,
  );
}

/** "2-JUL-2003" */
function readDate(column: string): number | null {
  const match = /^(\d{1,2})-([^\W\d]{3})-(\d{4})$/.exec(column);
  return match === null ? null : utcDate(Number(match[3]), monthNumber(match[2] ?? ""), Number(match[1]));
}

/** "[GROUP,OWNER]", "[GROUP, OWNER]", "[OWNER]" */
function readOwner(columns: string) {
  const [, first = null, second = null] = /\[([^,\]]*)(?:, ?([^\]]*))?\]/.exec(columns) ?? [];
  return second === null ? { owner: first, group: null } : { owner: second, group: first };
}
