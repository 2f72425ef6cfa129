/** The row above all others that leads to the parent folder. It can be stood on, never selected. */
export const parentRow = -1;

/** Rows are indices into the listing's columns, so sorting leaves a selection alone. */
export type RowSelection = {
  readonly rows: ReadonlySet<number>;
  /** Where the keyboard stands; null: nowhere yet. */
  readonly focus: number | null;
  /** Where a Shift range begins. */
  readonly anchor: number | null;
};

export const emptySelection: RowSelection = { rows: new Set(), focus: null, anchor: null };

/** A plain press or arrow key: this row alone. */
export function selectOnly(row: number): RowSelection {
  return { rows: row === parentRow ? new Set() : new Set([row]), focus: row, anchor: row };
}

/** Ctrl+press or Space: this row in or out, the others as they are. */
export function toggleRow(selection: RowSelection, row: number): RowSelection {
  if (row === parentRow) return { ...selection, focus: row, anchor: row };
  const rows = new Set(selection.rows);
  if (!rows.delete(row)) rows.add(row);
  return { rows, focus: row, anchor: row };
}

/** Shift+press or Shift+arrow: everything from the anchor to this row, as the list is sorted now. `keeps`: what was selected stays. */
export function selectRange(
  selection: RowSelection,
  shown: ArrayLike<number>,
  row: number,
  keeps = false,
): RowSelection {
  const anchor = selection.anchor ?? row;
  const [from, to] = [positionOf(shown, anchor), positionOf(shown, row)].sort((a, b) => a - b) as [number, number];
  const rows = new Set(keeps ? selection.rows : []);
  for (let position = Math.max(0, from); position <= to; position++) {
    const at = shown[position];
    if (at !== undefined && at !== parentRow) rows.add(at);
  }
  return { rows, focus: row, anchor };
}

/** Ctrl+arrow: the keyboard goes, the selection stays. */
export function moveFocus(selection: RowSelection, row: number): RowSelection {
  return { ...selection, focus: row, anchor: row };
}

export function selectAll(selection: RowSelection, shown: ArrayLike<number>): RowSelection {
  const rows = new Set<number>();
  for (let position = 0; position < shown.length; position++) {
    const row = shown[position];
    if (row !== undefined && row !== parentRow) rows.add(row);
  }
  return { ...selection, rows };
}

/** The place of a row in the list on screen; -1 when it is not shown. */
export function positionOf(shown: ArrayLike<number>, row: number): number {
  return Array.prototype.indexOf.call(shown, row);
}
