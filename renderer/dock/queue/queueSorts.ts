import type { QueueFilter, QueueSort } from "../../../shared/models/transfer.ts";

/** What a column sorts by. The others change by the second, or are sentences. */
const sortOfColumn = {
  columnName: "name",
  columnRoute: "site",
  columnSize: "size",
  columnState: "state",
  columnResult: "state",
  columnWhen: "time",
} as const;

type SortedColumn = keyof typeof sortOfColumn;

export function sortOf(column: string): QueueSort["by"] | null {
  return isSorted(column) ? sortOfColumn[column] : null;
}

function isSorted(column: string): column is SortedColumn {
  return column in sortOfColumn;
}

/** The columns of a tab that can be sorted, for its menu. */
export const sortedColumns = {
  queued: ["columnName", "columnRoute", "columnSize", "columnState"],
  failed: ["columnName", "columnRoute", "columnSize", "columnWhen"],
  completed: ["columnName", "columnRoute", "columnSize", "columnResult", "columnWhen"],
} as const satisfies Record<QueueFilter, readonly SortedColumn[]>;
