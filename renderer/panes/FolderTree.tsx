import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { useEngine } from "../app/EngineContext.ts";
import { readSubfolders } from "../rpc/bindTree.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import {
  applyExpanded,
  applyTreeFocus,
  needsReading,
  type TreeRow as TreeRowFacts,
  toTreeRows,
  treeStores,
} from "../stores/treeStore.ts";
import { TreeRow } from "./TreeRow.tsx";
import { usePaneActions } from "./usePaneActions.ts";

const rowHeight = 24;

/** The folders above the list. It follows the pane, and opens what it is asked to. */
export function FolderTree({ side }: { readonly side: Side }) {
  const { t, i18n } = useTranslation("panes");
  const engine = useEngine();
  const actions = usePaneActions(side);
  const scroller = useRef<HTMLDivElement>(null);
  const tree = treeStores[side]();
  const shownPath = usePaneStore(side, (state) => state.path);
  const rows = useMemo(() => {
    const collator = new Intl.Collator(i18n.language, { numeric: true });
    return toTreeRows(tree, collator.compare);
  }, [tree, i18n.language]);
  const focusPath = tree.focusPath ?? shownPath;
  const position = rows.findIndex(({ path }) => path === focusPath);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the folder, not what the user opens in the tree
  useEffect(() => {
    if (position >= 0) virtual.scrollToIndex(position, { align: "auto" });
  }, [focusPath, position >= 0, tree.reveals]);

  const expand = (path: string, isExpanded: boolean): void => {
    if (isExpanded && needsReading(treeStores[side].getState(), path)) void readSubfolders(engine, side, path);
    treeStores[side].setState((state) => applyExpanded(state, path, isExpanded));
  };

  const stand = (row: TreeRowFacts | undefined): void => {
    if (row) treeStores[side].setState((state) => applyTreeFocus(state, row.path));
  };

  const press = (event: KeyboardEvent): void => {
    const row = rows[position];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    switch (event.key) {
      case "ArrowDown":
        stand(rows[position + 1]);
        break;
      case "ArrowUp":
        stand(rows[Math.max(0, position - 1)]);
        break;
      case "Home":
        stand(rows[0]);
        break;
      case "End":
        stand(rows.at(-1));
        break;
      case "ArrowRight":
        if (row?.isExpanded) stand(rows[position + 1]);
        else if (row?.mayHaveChildren) expand(row.path, true);
        break;
      case "ArrowLeft":
        if (row?.isExpanded) expand(row.path, false);
        else stand(rows.find(({ path }) => path === row?.parentPath));
        break;
      case "Enter":
      case " ":
        if (row) actions.goTo(row.path);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      className="folder-tree"
      aria-label={side === "local" ? t("localFolders") : t("remoteFolders")}
      aria-activedescendant={position < 0 ? undefined : treeRowId(side, position)}
      onKeyDown={press}
    >
      <div className="folder-tree-rows" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <TreeRow
              key={row.path}
              id={treeRowId(side, index)}
              side={side}
              row={row}
              top={start}
              isShown={row.path === shownPath}
              isFocused={index === position}
              onOpen={() => actions.goTo(row.path)}
              onExpand={(isExpanded) => expand(row.path, isExpanded)}
            />
          );
        })}
      </div>
    </div>
  );
}

function treeRowId(side: Side, index: number): string {
  return `${side}-tree-${index}`;
}
