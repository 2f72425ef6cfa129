import type { EntryColumns } from "../../shared/models/entry.ts";

export const noColumns: EntryColumns = {
  names: [],
  wireNames: {},
  types: "",
  sizes: [],
  modifiedMs: [],
  precisions: "",
  permissions: [],
  owners: [],
  linkTargets: {},
};

/** Two parts of a listing as one. Neither is changed. */
export function appendColumns(first: EntryColumns, second: EntryColumns): EntryColumns {
  if (first.names.length === 0) return second;
  return {
    names: first.names.concat(second.names),
    wireNames: appendKeyed(first.wireNames, second.wireNames, first.names.length),
    types: first.types + second.types,
    sizes: first.sizes.concat(second.sizes),
    modifiedMs: first.modifiedMs.concat(second.modifiedMs),
    precisions: first.precisions + second.precisions,
    permissions: first.permissions.concat(second.permissions),
    owners: first.owners.concat(second.owners),
    linkTargets: appendKeyed(first.linkTargets, second.linkTargets, first.names.length),
  };
}

/** Columns that few rows have are keyed by row: the second part's rows come after the first's. */
function appendKeyed(
  first: Record<string, string>,
  second: Record<string, string>,
  offset: number,
): Record<string, string> {
  const keys = Object.keys(second);
  if (keys.length === 0) return first;
  const joined = { ...first };
  for (const key of keys) joined[Number(key) + offset] = second[key] ?? "";
  return joined;
}
