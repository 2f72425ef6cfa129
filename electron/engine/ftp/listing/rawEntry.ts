import type { EntryType, TimePrecision } from "../../../../shared/models/entry.ts";

/** One row as a parser reads it: text fields are still wire strings. What the server did not say, or said wrongly, is null. */
export type RawEntry = {
  readonly wireName: string;
  readonly type: EntryType;
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly modifiedPrecision: TimePrecision;
  /** The server gave the time in UTC, or with its zone: nothing is left to correct. */
  readonly isUtc: boolean;
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

/**
 * "skip": the line belongs to the family and is no entry ("total 12", ".", ".."). "unfinished": the entry goes on in the next line; ask
 * again with both, joined by "\n". null: not a line of this family.
 */
export type LineReading = RawEntry | "skip" | "unfinished" | null;

/** One way to write listings. A new family is one file and its place in listingFamilies.ts. */
export type ListingFamily = {
  readonly name: string;
  readonly readLine: (line: string, context: LineContext) => LineReading;
};

/** What a family without most columns knows of an entry; the rest is null. A name of several segments is no name for a command: null. */
export function asEntry(known: Pick<RawEntry, "wireName" | "type"> & Partial<RawEntry>): LineReading {
  if (isSelfOrParent(known.wireName)) return "skip";
  if (known.wireName.trim() === "" || known.wireName.includes("/")) return null;
  return {
    wireName: known.wireName,
    type: known.type,
    size: known.size ?? null,
    modifiedMs: known.modifiedMs ?? null,
    modifiedPrecision: known.modifiedPrecision ?? "day",
    isUtc: known.isUtc ?? false,
    permissions: known.permissions ?? null,
    owner: known.owner ?? null,
    group: known.group ?? null,
    linkTarget: known.linkTarget ?? null,
  };
}

/** "." and ".." never come out of a listing: a recursive delete that met them would climb. */
export function isSelfOrParent(name: string): boolean {
  return name === "." || name === "..";
}
