import type { Side } from "../../shared/models/place.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";

/** A folder that things can be dropped into. */
export type FolderTarget = {
  readonly side: Side;
  readonly path: string;
  /** For people: the path of the shown folder, or the folder's name. */
  readonly label: string;
  /** Whether it opens when something is held over it. */
  readonly springs: boolean;
};

export type DropPlan = {
  readonly action: "upload" | "download" | "move";
  readonly entries: readonly PaneEntry[];
  readonly target: FolderTarget;
};

/** What a drop would do; null: nothing (a folder into itself, entries to where they are). */
export function planDrop(entries: readonly PaneEntry[], target: FolderTarget): DropPlan | null {
  const [first] = entries;
  if (first === undefined) return null;
  if (first.place.side !== target.side) {
    return { action: target.side === "remote" ? "upload" : "download", entries, target };
  }
  if (target.path === first.folder) return null;
  if (entries.some((entry) => entry.type === "directory" && isSameOrInside(target.path, entry.path))) return null;
  return { action: "move", entries, target };
}

function isSameOrInside(path: string, folder: string): boolean {
  if (path === folder) return true;
  return path.startsWith(folder) && /[/\\]/.test(path[folder.length] ?? "");
}
