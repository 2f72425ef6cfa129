import type { Entry } from "../../../shared/models/entry.ts";

/** Whether two listings of a folder say the same, order included. */
export function isSameListing(a: readonly Entry[], b: readonly Entry[]): boolean {
  return a.length === b.length && a.every((entry, index) => isSameEntry(entry, b[index]));
}

function isSameEntry(a: Entry, b: Entry | undefined): boolean {
  return (
    b !== undefined &&
    a.wireName === b.wireName &&
    a.name === b.name &&
    a.type === b.type &&
    a.size === b.size &&
    a.modifiedMs === b.modifiedMs &&
    a.permissions === b.permissions &&
    a.owner === b.owner &&
    a.group === b.group &&
    a.linkTarget === b.linkTarget
  );
}
