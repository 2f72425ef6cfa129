import type { PaneEntry } from "../stores/paneEntry.ts";
import type { FolderTarget } from "./planDrop.ts";

// Pragmatic drag and drop carries untyped records. A symbol as key makes ours recognisable and nobody else's mistakable.
const entriesKey = Symbol("portside entries");
const targetKey = Symbol("portside folder target");

type Carried = Record<string | symbol, unknown>;

export function carryEntries(entries: readonly PaneEntry[]): Carried {
  return { [entriesKey]: entries };
}

/** The entries being dragged; empty for any other drag. */
export function entriesIn(data: Carried): readonly PaneEntry[] {
  const entries = data[entriesKey];
  return Array.isArray(entries) ? entries : [];
}

export function carryTarget(target: FolderTarget): Carried {
  return { [targetKey]: target };
}

export function targetIn(data: Carried | undefined): FolderTarget | null {
  const target = data?.[targetKey];
  return isTarget(target) ? target : null;
}

function isTarget(value: unknown): value is FolderTarget {
  return typeof value === "object" && value !== null && "path" in value && "side" in value;
}
