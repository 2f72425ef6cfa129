import type { EntryType } from "../../../../shared/models/entry.ts";
import { parseSize } from "../protocol/sizeReply.ts";
import { utcDate } from "../protocol/timestamps.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { fullYear, modifiedAt, readTimeOfDay } from "./timeOfDay.ts";

/** IBM i (OS/400): "QSYS            77824 02/23/00 15:09:55 *DIR       public/". */
export const as400: ListingFamily = { name: "as400", readLine };

const linePattern =
  /^ {0,8}(?<owner>\S{1,64})\s+(?:(?<size>\d{1,20})\s+(?<date>\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?)\s+(?<time>[\d:.]{4,11})\s+)?\*(?<object>[A-Z0-9]{1,10})\s+(?<name>\S.*)$/s;

function readLine(line: string, context: LineContext): LineReading {
  // A member stands behind its file, "RPGUNITC1.FILE/RUCALLTST.MBR": it is listed again inside that file.
  if (/^ {0,8}\S{1,64}\s+\*MEM\s/.test(line)) return "skip";
  const groups = linePattern.exec(line)?.groups;
  if (groups === undefined) return null;
  const { owner = "", size = "", date = "", time = "", object = "", name = "" } = groups;
  const type = typeOf(object);
  const [path = "", linkTarget = null] = type === "symlink" ? name.split(" -> ", 2) : [name];
  if (date === "") return asEntry({ wireName: lastSegment(path), type, owner }); // an object that has no size either
  const midnight = readDate(date, context);
  const timeOfDay = readTimeOfDay(time.includes(":") ? time : time.replaceAll(".", ":"));
  if (midnight === null || timeOfDay === null) return null;
  return asEntry({
    wireName: lastSegment(path),
    type,
    size: type === "file" ? parseSize(size) : null,
    ...modifiedAt(midnight, timeOfDay, context),
    owner,
    linkTarget,
  });
}

/** The job decides about the order: dots mean day first, slashes month first, and numbers that cannot be a month speak for themselves. */
function readDate(text: string, { nowMs }: LineContext): number | null {
  const parts = text.split(/[/.-]/);
  const [first = "", second = "", third = String(new Date(nowMs).getUTCFullYear())] = parts;
  const [a, b] = [Number(first), Number(second)];
  if (first.length === 4 || a > 31) return utcDate(fullYear(first), b, Number(third));
  const isDayFirst = text.includes(".") || a > 12;
  return isDayFirst ? utcDate(fullYear(third), b, a) : utcDate(fullYear(third), a, b);
}

function typeOf(object: string): EntryType {
  if (/^(?:DIR|DDIR|FLR|LIB)$/.test(object)) return "directory";
  if (object === "SYMLNK") return "symlink";
  return /^(?:FILE|STMF|DSTMF|DOC)$/.test(object) ? "file" : "other";
}

/** Folders end in a slash; some releases write the whole path: "/DRV/AUDWRKSHET/A.PDF". */
function lastSegment(name: string): string {
  const path = name.replace(/\/$/, "");
  return path.startsWith("/") ? path.slice(path.lastIndexOf("/") + 1) : path;
}
