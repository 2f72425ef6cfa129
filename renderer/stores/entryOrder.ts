import type { EntryColumns } from "../../shared/models/entry.ts";
import type { Sort } from "./layoutStore.ts";
import { sortNaturally } from "./naturalOrder.ts";

export type OrderRules = {
  readonly sort: Sort;
  readonly showsHidden: boolean;
  /** BCP 47; names are compared as this language does, digits by their value. */
  readonly locale: string;
};

/** The rows to show, top to bottom, as indices into the columns. Folders come first whichever way the sort goes. */
export function orderRows(columns: EntryColumns, { sort, showsHidden, locale }: OrderRules): Uint32Array {
  const rows = visibleRows(columns, showsHidden);
  const byName = nameRanks(columns, locale);
  const byValue = sort.column === "name" ? byName : valuesOf(columns, sort.column, locale);
  const direction = sort.isDescending ? -1 : 1;
  return rows.sort((a, b) => {
    const folders = Number(columns.types[b] === "d") - Number(columns.types[a] === "d");
    if (folders !== 0) return folders;
    return direction * (at(byValue, a) - at(byValue, b)) || at(byName, a) - at(byName, b);
  });
}

/**
 * The order while rows still arrive: what is sorted stays, new rows follow as they come, and the whole is sorted again each time it
 * has doubled. So a listing of n rows costs two sorts, not one per batch.
 */
export function growOrder(previous: GrowingOrder | null, columns: EntryColumns, rules: OrderRules): GrowingOrder {
  const count = columns.names.length;
  if (previous === null || count >= 2 * previous.sortedCount || count < previous.count) {
    return { order: orderRows(columns, rules), sortedCount: count, count };
  }
  const added = visibleRows(columns, rules.showsHidden, previous.count);
  const order = new Uint32Array(previous.order.length + added.length);
  order.set(previous.order);
  order.set(added, previous.order.length);
  return { order, sortedCount: previous.sortedCount, count };
}

export type GrowingOrder = { readonly order: Uint32Array; readonly sortedCount: number; readonly count: number };

/** Unix hides what begins with a dot; servers that hide by attribute do not list it. */
export function isHiddenName(name: string): boolean {
  return name.startsWith(".");
}

/** "tar.gz" is "gz": the part a type is told by. Dot files have none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
}

function visibleRows(columns: EntryColumns, showsHidden: boolean, from = 0): Uint32Array {
  const count = columns.names.length - from;
  const rows = new Uint32Array(count);
  let length = 0;
  for (let row = from; row < from + count; row++) {
    if (showsHidden || !isHiddenName(columns.names[row] ?? "")) rows[length++] = row;
  }
  return rows.subarray(0, length);
}

const ranksOf = new WeakMap<EntryColumns, { locale: string; ranks: Float64Array }>();

/** Each row's place in the alphabet. Comparing by language is the dear part, so it is done once per listing. */
function nameRanks(columns: EntryColumns, locale: string): Float64Array {
  const known = ranksOf.get(columns);
  if (known?.locale === locale) return known.ranks;
  const ranks = rankTexts(columns.names, locale);
  ranksOf.set(columns, { locale, ranks });
  return ranks;
}

function valuesOf(columns: EntryColumns, column: Exclude<Sort["column"], "name">, locale: string): Float64Array {
  switch (column) {
    case "size":
      return Float64Array.from(columns.sizes, (size) => size ?? -1);
    case "modified":
      return Float64Array.from(columns.modifiedMs, (time) => time ?? Number.NEGATIVE_INFINITY);
    case "type":
      return rankTexts(
        columns.names.map((name, row) =>
          columns.types[row] === "f" ? extensionOf(name) : `\uffff${columns.types[row]}`,
        ),
        locale,
      );
    case "permissions":
      return rankTexts(
        columns.permissions.map((text) => text ?? ""),
        locale,
      );
    case "owner":
      return rankTexts(
        columns.owners.map((text) => text ?? ""),
        locale,
      );
  }
}

/** Each text's place in the natural order; equal texts share one and are compared once, however often they occur. */
function rankTexts(texts: readonly string[], locale: string): Float64Array {
  const distinct = sortNaturally([...new Set(texts)], locale);
  const rankOf = new Map(distinct.map((text, rank) => [text, rank]));
  return Float64Array.from(texts, (text) => rankOf.get(text) ?? 0);
}

function at(values: Float64Array, row: number): number {
  return values[row] ?? 0;
}
