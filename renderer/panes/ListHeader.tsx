import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { applyPaneLayout, columnNames, nextSort, useLayoutStore } from "../stores/layoutStore.ts";
import { ColumnGrip } from "./ColumnGrip.tsx";

/** The column names: a press sorts, the line behind each one resizes it. */
export function ListHeader({ side }: { readonly side: Side }) {
  const { t } = useTranslation("panes");
  const sort = useLayoutStore((state) => state[side].sort);
  const Arrow = sort.isDescending ? ChevronDown : ChevronUp;
  return (
    <div role="row" className="list-header" aria-rowindex={1}>
      {columnNames.map((column) => {
        const isSorted = sort.column === column;
        return (
          <div
            key={column}
            role="columnheader"
            className="list-header-cell"
            data-column={column}
            aria-label={t(`columns.${column}`)}
            aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : "none"}
          >
            <button
              type="button"
              tabIndex={-1}
              className="list-header-button"
              onClick={() =>
                useLayoutStore.setState((state) => applyPaneLayout(state, side, { sort: nextSort(sort, column) }))
              }
            >
              <span className="cell-text">{t(`columns.${column}`)}</span>
              {isSorted ? <Arrow size={12} aria-hidden /> : null}
            </button>
            <ColumnGrip side={side} column={column} />
          </div>
        );
      })}
    </div>
  );
}
