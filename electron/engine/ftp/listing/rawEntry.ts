import type { EntryType, TimePrecision } from "../../../../shared/models/entry.ts";

/** One row as a parser reads it: text fields are still wire strings. What the server did not say, or said wrongly, is null. */
export type RawEntry = {
  readonly wireName: string;
  readonly type: EntryType;
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly modifiedPrecision: TimePrecision;
  /** The whole column: "-rw-r--r--", "drwxr-xr-x+", or octal digits ("0644"). */
  readonly permissions: string | null;
  readonly owner: string | null;
  readonly group: string | null;
  readonly linkTarget: string | null;
};

export type LineContext = {
  /** For the year that `ls` leaves out. */
  readonly nowMs: number;
  /** What to add to a time of a listing without time zone to get UTC. 0 until it is measured. */
  readonly zoneOffsetMs: number;
};

/** "skip": the line belongs to the family and is no entry ("total 12", ".", ".."). null: not a line of this family. */
export type LineReading = RawEntry | "skip" | null;

/** One way to write listings. A new family is one file and its place in `listingFamilies`. */
export type ListingFamily = {
  readonly name: string;
  readonly readLine: (line: string, context: LineContext) => LineReading;
};

/** "." and ".." never come out of a listing: a recursive delete that met them would climb. */
export function isSelfOrParent(name: string): boolean {
  return name === "." || name === "..";
}
