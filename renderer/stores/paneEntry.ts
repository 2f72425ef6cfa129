import { type EntryColumns, type EntryType, entryTypeAt, wireNameAt } from "../../shared/models/entry.ts";
import type { Place } from "../../shared/models/place.ts";
import { joinRemote } from "../../shared/models/remotePath.ts";

/** One entry of a pane, complete enough to act on wherever the pane goes meanwhile. */
export type PaneEntry = {
  readonly place: Place;
  /** The folder it lies in. */
  readonly folder: string;
  readonly path: string;
  readonly name: string;
  readonly wireName: string;
  readonly type: EntryType;
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly permissions: string | null;
};

export function entryAt(place: Place, folder: string, columns: EntryColumns, row: number): PaneEntry {
  const wireName = wireNameAt(columns, row);
  return {
    place,
    folder,
    path: joinPath(place, folder, wireName),
    name: columns.names[row] ?? "",
    wireName,
    type: entryTypeAt(columns, row),
    size: columns.sizes[row] ?? null,
    modifiedMs: columns.modifiedMs[row] ?? null,
    permissions: columns.permissions[row] ?? null,
  };
}

/** A child's path. Local paths keep the separator their folder is written with: "C:\Users" + "a" = "C:\Users\a". */
export function joinPath(place: Place, folder: string, wireName: string): string {
  if (place.side === "remote") return joinRemote(folder, wireName);
  const separator = /^[A-Za-z]:|^\\\\/.test(folder) ? "\\" : "/";
  return folder.endsWith(separator) ? folder + wireName : folder + separator + wireName;
}
