import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type MouseEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { holdsCtrl } from "../commands/shortcuts.ts";
import { useFolderDrop } from "../dragDrop/useFolderDrop.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { type PaneLayout, shownColumns, useLayoutStore } from "../stores/layoutStore.ts";
import { applySelection, paneStores, usePaneStore } from "../stores/paneStore.ts";
import { emptySelection, positionOf, selectOnly, selectRange, toggleRow } from "../stores/rowSelection.ts";
import { ContextMenu, type Point } from "../ui/ContextMenu.tsx";
import { FileRow } from "./FileRow.tsx";
import { ListHeader } from "./ListHeader.tsx";
import { ListState } from "./ListState.tsx";
import { useEntryMenu } from "./useEntryMenu.tsx";
import { useListKeys } from "./useListKeys.ts";
import { useMinute } from "./useMinute.ts";
import { usePaneActions } from "./usePaneActions.ts";
import { useRowWords } from "./useRowWords.ts";
import { useShownRows } from "./useShownRows.ts";

export const rowHeight = 26;
const overscan = 4; // rows drawn above and below those in view, so that scrolling never shows a gap

/**
 * The files of a folder as an ARIA grid: one stop for the Tab key, the row in use told by aria-activedescendant. Only the rows on
 * screen exist; column widths are CSS variables, so that resizing draws no row again.
 */
export function FileList({ side }: { readonly side: Side }) {
  const { t } = useTranslation("panes");
  const scroller = useRef<HTMLDivElement>(null);
  const [menuAt, setMenuAt] = useState<Point | null>(null);
  const shown = useShownRows(side);
  const formats = useFormats();
  const words = useRowWords();
  const minute = useMinute();
  const actions = usePaneActions(side);
  const menu = useEntryMenu(side, actions);
  const columns = usePaneStore(side, (state) => state.columns);
  const selection = usePaneStore(side, (state) => state.selection);
  const renamingRow = usePaneStore(side, (state) => state.renamingRow);
  const rowsPath = usePaneStore(side, (state) => state.rowsPath);
  const isBusy = usePaneStore(side, (state) => state.phase === "reading" || state.phase === "arriving");
  const layout = useLayoutStore((state) => state[side]);
  const columnsOnScreen = useMemo(() => shownColumns(layout), [layout]);
  const isTarget = useFolderDrop(scroller, () => listTarget(side));

  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: rowHeight, // the header stands above the rows and stays there
    scrollPaddingStart: rowHeight,
  });

  const slots = slotsOf(virtual.scrollRect?.height ?? 0);

  const reveal = (position: number): void => {
    if (position >= 0) virtual.scrollToIndex(position, { align: "auto" });
  };
  const openMenuAtFocus = (): void => {
    const row = scroller.current?.querySelector("[data-focused]") ?? scroller.current;
    const box = row?.getBoundingClientRect();
    if (box) setMenuAt({ x: box.left + 40, y: Math.min(box.bottom, window.innerHeight - 40) });
  };
  const pressKey = useListKeys({
    side,
    shown,
    actions,
    reveal,
    openMenu: openMenuAtFocus,
    pageRows: () => pageRowsOf(scroller.current),
  });

  // Another folder begins at its top; the folder just left, or a name just given, is brought into view.
  const { focus } = selection;
  useEffect(() => {
    if (rowsPath !== null && focus === null) scroller.current?.scrollTo({ top: 0 });
  }, [rowsPath, focus]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new order alone must not scroll
  useEffect(() => {
    if (focus !== null) reveal(positionOf(shown, focus));
  }, [focus, columns]);

  const select = (event: PointerEvent): void => {
    const row = rowUnder(event);
    if (event.button !== 0 || renamingRow !== null) return;
    const store = paneStores[side];
    const { selection: before } = store.getState();
    if (row === null) {
      if (!holdsCtrl(event) && !event.shiftKey && isBackground(event))
        store.setState((state) => applySelection(state, emptySelection));
      return;
    }
    // A press on a selected row may begin a drag of all: it is alone in the selection only when the button comes up again.
    if (event.shiftKey)
      store.setState((state) => applySelection(state, selectRange(before, shown, row, holdsCtrl(event))));
    else if (holdsCtrl(event)) store.setState((state) => applySelection(state, toggleRow(before, row)));
    else if (!before.rows.has(row)) store.setState((state) => applySelection(state, selectOnly(row)));
  };

  const selectAlone = (event: MouseEvent): void => {
    const row = rowUnder(event);
    if (row === null || event.shiftKey || holdsCtrl(event) || renamingRow !== null) return;
    paneStores[side].setState((state) => applySelection(state, selectOnly(row)));
  };

  const openMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const row = rowUnder(event);
    const store = paneStores[side];
    if (row === null) store.setState((state) => applySelection(state, emptySelection));
    else if (!selection.rows.has(row)) store.setState((state) => applySelection(state, selectOnly(row)));
    setMenuAt({ x: event.clientX, y: event.clientY });
  };

  return (
    <div className="file-list-frame" data-drop={isTarget ? "" : undefined}>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        className="file-list"
        aria-label={side === "local" ? t("localFiles") : t("remoteFiles")}
        aria-multiselectable
        aria-rowcount={shown.length + 1}
        aria-busy={isBusy}
        aria-activedescendant={focus === null ? undefined : rowId(side, focus)}
        style={toVariables(layout)}
        onKeyDown={pressKey}
        onPointerDown={select}
        onClick={selectAlone}
        onDoubleClick={(event) => {
          const row = rowUnder(event);
          if (row !== null && renamingRow === null) actions.activate(row);
        }}
        onContextMenu={openMenu}
      >
        <ListHeader side={side} columns={columnsOnScreen} />
        <div className="file-rows" role="presentation" style={{ height: shown.length * rowHeight }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = shown[index] ?? 0;
            return (
              <FileRow
                key={index % slots} // a row that leaves the screen becomes the one that comes in
                id={rowId(side, row)}
                side={side}
                columns={columns}
                shownColumns={columnsOnScreen}
                row={row}
                position={index}
                top={start - rowHeight}
                isSelected={selection.rows.has(row)}
                isFocused={selection.focus === row}
                isRenaming={renamingRow === row}
                formats={formats}
                nowMs={minute}
                words={words}
              />
            );
          })}
        </div>
      </div>
      <ListState side={side} shownCount={shown.length} />
      <ContextMenu
        at={menuAt}
        label={t("menuOf")}
        items={menu}
        onClose={() => setMenuAt(null)}
        returnFocusTo={() => scroller.current}
      />
    </div>
  );
}

/** As many rows as a list of this height may hold at once: what is more could show two rows in one slot, what is less none. */
function slotsOf(height: number): number {
  return Math.ceil(height / rowHeight) + 1 + 2 * overscan;
}

function rowId(side: Side, row: number): string {
  return `${side}-row-${row}`;
}

/** What a drop on the list's background means: the folder on screen. */
function listTarget(side: Side) {
  const { path, head } = paneStores[side].getState();
  return path === null ? null : { side, path, label: head?.displayPath ?? "", springs: false };
}

function rowUnder({ target }: { readonly target: EventTarget }): number | null {
  const element = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return element === null ? null : Number(element.dataset.row);
}

/** A press on the header or a scroll bar is no press on the empty part of the list. */
function isBackground({ target, currentTarget, nativeEvent }: PointerEvent): boolean {
  const isInside = currentTarget instanceof HTMLElement && nativeEvent.offsetX < currentTarget.clientWidth;
  return target instanceof Element && target.closest(".list-header") === null && isInside;
}

function pageRowsOf(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - rowHeight) / rowHeight) - 1);
}

const narrowestName = 160;

/** A name column without a width of its own takes what the others leave. */
function toVariables(layout: PaneLayout): CSSProperties {
  const { name, ...others } = layout.widths;
  const widths = shownColumns(layout).map((column) => (column === "name" ? (name ?? narrowestName) : others[column]));
  const tracks = widths.slice(1).map((width) => `${width}px`);
  return {
    "--list-columns": [name === null ? `minmax(${narrowestName}px, 1fr)` : `${name}px`, ...tracks].join(" "),
    "--list-min-width": `${widths.reduce((sum, width) => sum + width, 0)}px`,
  } as CSSProperties; // custom properties are not in its type
}
