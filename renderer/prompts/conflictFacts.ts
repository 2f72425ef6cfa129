import { type ConflictAction, type ConflictQuestion, conflictActionSchema } from "../../shared/models/prompt.ts";

/** What can be said about the two files of a conflict. null: the server did not say enough. */
export type ConflictFacts = {
  readonly newer: "source" | "target" | "same" | null;
  readonly bigger: "source" | "target" | "same" | null;
};

const sameTimeMs = 2_000; // FAT keeps even seconds, many servers whole ones: closer than that is the same moment

export function compareSides({ source, target }: Pick<ConflictQuestion, "source" | "target">): ConflictFacts {
  return {
    newer: compare(source.modifiedMs, target.modifiedMs, sameTimeMs),
    bigger: compare(source.size, target.size, 1),
  };
}

export const conflictActions: readonly ConflictAction[] = conflictActionSchema.options;

/** A single name that can stand in a folder: what "Rename" asks for. */
export function isFileName(name: string): boolean {
  const trimmed = name.trim();
  return trimmed !== "" && trimmed !== "." && trimmed !== ".." && name.length <= 255 && !/[/\\\p{Cc}]/u.test(name);
}

/** Folder and name of a path of either side: "/" on servers and Unix, "\" on Windows. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return { folder: path.slice(0, Math.max(cut, 1)), name: path.slice(cut + 1) };
}

function compare(source: number | null, target: number | null, tolerance: number): ConflictFacts["newer"] {
  if (source === null || target === null) return null;
  if (Math.abs(source - target) < tolerance) return "same";
  return source > target ? "source" : "target";
}
