import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { QueueFilter } from "../../../shared/models/transfer.ts";
import { applyWish, nextQueueSort, useQueueStore } from "../../stores/queueStore.ts";
import { sortOf } from "./queueSorts.ts";

const columnsOf = {
  queued: ["columnName", "columnRoute", "columnSize", "columnState", "columnSpeed", "columnLeft", "columnSession"],
  failed: ["columnName", "columnRoute", "columnSize", "columnReason", "columnWhen"],
  completed: ["columnName", "columnRoute", "columnSize", "columnResult", "columnWhen"],
} as const;

type Column = (typeof columnsOf)[QueueFilter][number];

/** The column names of a tab; a press sorts. They stand outside the scrolled part and share its columns. */
export function QueueHeader({ filter }: { readonly filter: QueueFilter }) {
  return (
    <div role="rowgroup" className="queue-head">
      <div role="row" aria-rowindex={1} className="queue-row">
        <span role="presentation" />
        {columnsOf[filter].map((column) => (
          <ColumnName key={column} filter={filter} column={column} />
        ))}
        <span role="presentation" />
      </div>
    </div>
  );
}

/** The menu of a row sorts by keyboard, so that the names stay out of the tab order. */
function ColumnName({ filter, column }: { readonly filter: QueueFilter; readonly column: Column }) {
  const { t } = useTranslation("dock");
  const sort = useQueueStore((state) => state.wishes[filter].sort);
  const by = sortOf(column);
  if (by === null) {
    return (
      <span role="columnheader" className={`queue-cell ${column}`}>
        {t(column)}
      </span>
    );
  }
  const isSorted = sort?.by === by;
  const Arrow = sort?.isDescending ? ChevronDown : ChevronUp;
  const press = () =>
    useQueueStore.setState((state) => applyWish(state, filter, { sort: nextQueueSort(state.wishes[filter].sort, by) }));
  return (
    <span
      role="columnheader"
      className={`queue-cell ${column}`}
      aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : "none"}
    >
      <button type="button" tabIndex={-1} className="queue-sort" onClick={press}>
        {t(column)}
        {isSorted ? <Arrow size={12} aria-hidden /> : null}
      </button>
    </span>
  );
}
