import type { QueueSelection } from "../../shared/contract/queue.ts";
import type { QueueFilter } from "../../shared/models/transfer.ts";

/**
 * What is selected in a tab of the queue, and where the keyboard stands. Rows are known by id; "all" means all that the tab holds,
 * a million rows if need be, without naming them.
 */
export type Choice = {
  readonly all: boolean;
  readonly ids: ReadonlySet<number>;
  /** Where a Shift selection began. */
  readonly anchorIndex: number;
  /** The row with the keyboard focus; -1 before the first key or click. */
  readonly focusIndex: number;
  readonly focusId: number | null;
};

/** The rows of a list that are loaded: row `offset` is `rows[0]`. */
export type Loaded = { readonly offset: number; readonly total: number; readonly rows: readonly Row[] };
type Row = { readonly id: number };

export const nothingChosen: Choice = { all: false, ids: new Set(), anchorIndex: -1, focusIndex: -1, focusId: null };

export function isChosen(choice: Choice, id: number): boolean {
  return choice.all || choice.ids.has(id);
}

export function isEmptyChoice(choice: Choice): boolean {
  return !choice.all && choice.ids.size === 0;
}

export function chooseOne(index: number, id: number | null): Choice {
  return {
    all: false,
    ids: id === null ? new Set() : new Set([id]),
    anchorIndex: index,
    focusIndex: index,
    focusId: id,
  };
}

export function chooseAll(choice: Choice): Choice {
  return { ...choice, all: true, ids: new Set() };
}

/** Adds a row or takes it out. `allIds` names the rows that "all" meant, for the one that is taken out of them. */
export function toggle(choice: Choice, index: number, id: number, allIds: Iterable<number>): Choice {
  const ids = new Set(choice.all ? allIds : choice.ids);
  if (!ids.delete(id)) ids.add(id);
  return { all: false, ids, anchorIndex: index, focusIndex: index, focusId: id };
}

/** Selects `ids`, the rows between the anchor and `index`. */
export function chooseRange(choice: Choice, index: number, id: number | null, ids: Iterable<number>): Choice {
  return { all: false, ids: new Set(ids), anchorIndex: anchorOf(choice), focusIndex: index, focusId: id };
}

/** Moves the focus and leaves the selection alone (Ctrl with an arrow key). */
export function focusOn(choice: Choice, index: number, id: number | null): Choice {
  return { ...choice, focusIndex: index, focusId: id };
}

export function anchorOf(choice: Choice): number {
  return choice.anchorIndex < 0 ? Math.max(choice.focusIndex, 0) : choice.anchorIndex;
}

/** What can be chosen in a tab: named transfers, or all that it shows. */
export type TabSelection = Extract<QueueSelection, { ids: number[] } | { filter: QueueFilter }>;

/** The selection as the contract says it, "all" being all that the search finds; null when nothing is selected. */
export function toQueueSelection(choice: Choice, filter: QueueFilter, search: string): TabSelection | null {
  if (choice.all) return wholeTab(filter, search);
  return choice.ids.size === 0 ? null : { ids: [...choice.ids] };
}

/** All that a tab shows. */
export function wholeTab(filter: QueueFilter, search: string): TabSelection {
  return search.trim() === "" ? { filter } : { filter, search };
}

/** After news: the focus stays with its transfer, and what left the tab is not selected any more. */
export function followRows(choice: Choice, before: Loaded, next: Loaded): Choice {
  if (choice === nothingChosen) return choice;
  const ids = before.offset === next.offset ? withoutGone(choice.ids, before.rows, next.rows) : choice.ids;
  const found = next.rows.findIndex((row) => row.id === choice.focusId);
  const focusIndex = found >= 0 ? found + next.offset : Math.min(choice.focusIndex, next.total - 1);
  const focusId = found >= 0 ? choice.focusId : (next.rows[focusIndex - next.offset]?.id ?? null);
  const all = choice.all && next.total > 0;
  const isUnchanged = ids === choice.ids && focusIndex === choice.focusIndex && focusId === choice.focusId;
  return isUnchanged && all === choice.all ? choice : { ...choice, all, ids, focusIndex, focusId };
}

function withoutGone(ids: ReadonlySet<number>, before: readonly Row[], next: readonly Row[]) {
  const present = new Set(next.map((row) => row.id));
  const gone = before.filter((row) => ids.has(row.id) && !present.has(row.id));
  if (gone.length === 0) return ids;
  const left = new Set(ids);
  for (const row of gone) left.delete(row.id);
  return left;
}
