import { ChevronDown, ChevronUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { applyPaneLayout, type ColumnName, nextSort, useLayoutStore } from "../stores/layoutStore.ts";
import { ContextMenu, type Point } from "../ui/ContextMenu.tsx";
import { ColumnGrip } from "./ColumnGrip.tsx";
import { useColumnMenu } from "./useColumnMenu.ts";

export type ListHeaderProps = { readonly side: Side; readonly columns: readonly ColumnName[] };

/** The column names: a press sorts, the line behind each one resizes it, a right press chooses which there are. */
export function ListHeader({ side, columns }: ListHeaderProps) {
  const { t } = useTranslation("panes");
  const [menuAt, setMenuAt] = useState<Point | null>(null);
  const columnMenu = useColumnMenu(side);
  const sort = useLayoutStore((state) => state[side].sort);
  const Arrow = sort.isDescending ? ChevronDown : ChevronUp;
  return (
    <div
      role="row"
      className="list-header"
      aria-rowindex={1}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation(); // the list below has a menu of its own
        setMenuAt({ x: event.clientX, y: event.clientY });
      }}
    >
      {columns.map((column) => {
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
      <ContextMenu at={menuAt} label={t("showColumns")} items={columnMenu} onClose={() => setMenuAt(null)} />
    </div>
  );
}
