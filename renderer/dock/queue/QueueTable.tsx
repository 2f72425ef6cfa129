import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueueFilter, Transfer } from "../../../shared/models/transfer.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { choiceIntents, type Modifiers } from "../../intents/choiceIntents.ts";
import { queueIntents } from "../../intents/queueIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { isChosen, toQueueSelection } from "../../stores/queueChoice.ts";
import { rowAt, useQueueStore } from "../../stores/queueStore.ts";
import { applySpoken, useUiStore } from "../../stores/uiStore.ts";
import type { Point } from "../../ui/ContextMenu.tsx";
import type { MenuItem } from "../../ui/menuItem.ts";
import { StartAtDialog } from "../control/StartAtDialog.tsx";
import { ReceiptDialogs, type ReceiptView } from "../receipts/ReceiptDialogs.tsx";
import { useViewport } from "../useViewport.ts";
import { firstWindow, windowAround } from "../windowAround.ts";
import { arrangeItems } from "./arrangeItems.ts";
import { QueueHeader } from "./QueueHeader.tsx";
import { QueueMenu } from "./QueueMenu.tsx";
import { QueueRow, rowElementId } from "./QueueRow.tsx";
import { focusSearch, NothingFound } from "./QueueSearch.tsx";
import { RemoveDialog } from "./RemoveDialog.tsx";
import { rowsInView, scrollTopFor } from "./rowsInView.ts";
import { TransferDialog } from "./TransferDialog.tsx";
import { targetIndex } from "./targetIndex.ts";
import type { TransferAction } from "./transferActions.ts";
import { reportOf } from "./transferReport.ts";
import { useRowMoves } from "./useRowMoves.ts";
import { useTransferActions } from "./useTransferActions.ts";

export const queueRowHeight = 26;

export type QueueTableProps = {
  readonly filter: QueueFilter;
  readonly label: string;
  /** Stands where no row is. */
  readonly empty: ReactNode;
};

/**
 * One tab of the queue as a grid. It draws the rows in view of however many there are; each row subscribes to itself, so news of one
 * transfer draw one row.
 */
export const QueueTable = memo(function QueueTable({ filter, label, empty }: QueueTableProps) {
  const { t, i18n } = useTranslation("dock");
  const { t: tControl } = useTranslation("queueControl");
  const formats = useFormats();
  const queue = useQueueIntents();
  const choose = useMemo(() => choiceIntents(filter, queue), [filter, queue]);
  const box = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const viewport = useViewport(box);
  const total = useQueueStore((state) => state.windows[filter].total);
  const isFinding = useQueueStore((state) => state.windows[filter].isFinding ?? false);
  const focusId = useQueueStore((state) => state.choices[filter].focusId);
  const [menuAt, setMenuAt] = useState<Point | null>(null);
  const [shown, setShown] = useState<Transfer | null>(null);
  const [starting, setStarting] = useState<Transfer | null>(null);
  const [receiptView, setReceiptView] = useState<ReceiptView | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const { act, actOnChoice } = useTransferActions(filter, queue, {
    showAnswer: setShown,
    askRemoval: () => setRemoving(true),
  });

  const view = rowsInView(total, queueRowHeight, viewport);
  const [range, setRange] = useState(firstWindow);
  const wanted = windowAround(view.first, view.end, total, range);
  if (wanted !== range) setRange(wanted);
  const wish = useQueueStore((state) => state.wishes[filter]);
  useEffect(() => queue.watchWindow(filter, range.offset, range.limit, wish), [queue, filter, range, wish]);

  const focusedRow = (): Transfer | undefined => {
    const { windows, choices } = useQueueStore.getState();
    return rowAt(windows[filter], choices[filter].focusIndex);
  };

  const showReceipt = (show: ReceiptView["show"]): void => {
    const transfer = focusedRow();
    const { choices, wishes } = useQueueStore.getState();
    const selection = toQueueSelection(choices[filter], filter, wishes[filter].search);
    if (show === "receipt") setReceiptView(transfer ? { show, transfer } : null);
    else setReceiptView(selection ? { show, selection } : null);
  };

  const moveTo = (index: number, modifiers: Modifiers): void => {
    if (box.current) box.current.scrollTop = scrollTopFor(index, total, queueRowHeight, viewport);
    void choose.moveTo(index, modifiers);
  };

  const moves = useRowMoves(filter, queue, choose.pressForMenu);
  /** Of what is chosen, as far as it is loaded: a text of thousands of transfers is read by nobody. */
  const copyChosen = (): void => {
    const { windows, choices } = useQueueStore.getState();
    const chosen = windows[filter].rows.filter(({ id }) => isChosen(choices[filter], id));
    const reports = chosen.map((transfer) => reportOf(transfer, formats, i18n));
    if (reports.length === 0) return;
    reportFailure(navigator.clipboard.writeText(reports.join("\n\n")), t("copyDetails"));
    useUiStore.setState((state) => applySpoken(state, t("detailsCopied", { count: reports.length })));
  };

  const followKeys = (event: KeyboardEvent): void => {
    const modifiers = modifiersOf(event);
    const { focusIndex } = useQueueStore.getState().choices[filter];
    const pageRows = Math.max(1, Math.floor(viewport.height / queueRowHeight) - 1);
    const target = targetIndex(event.key, focusIndex, total, pageRows);
    if (moves.followKey(event)) moveIntoView(event.key);
    else if (target !== null) moveTo(target, modifiers);
    else if (event.key === " ") void choose.toggleFocused();
    else if (event.key === "a" && modifiers.ctrl) choose.chooseAll();
    else if (event.key === "f" && modifiers.ctrl) focusSearch();
    else if (event.key === "c" && modifiers.ctrl) copyChosen();
    else if (event.key === "Escape") choose.clear();
    else if (event.key === "Delete") actOnChoice("remove");
    else if (event.key === "Enter") setShown(focusedRow() ?? null);
    else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) setMenuAt(belowFocus());
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** The row that is moved by keys stays in sight. */
  const moveIntoView = (key: string): void => {
    const { focusIndex } = useQueueStore.getState().choices[filter];
    const index = targetIndex(key, focusIndex, total, 1);
    if (box.current && index !== null) box.current.scrollTop = scrollTopFor(index, total, queueRowHeight, viewport);
  };

  const belowFocus = (): Point | null => {
    const row = focusId === null ? null : document.getElementById(rowElementId(focusId));
    const around = (row ?? box.current)?.getBoundingClientRect();
    return around ? { x: around.left + 32, y: row ? around.bottom : around.top } : null;
  };

  const openMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const index = indexUnder(event);
    if (index === null) return;
    choose.pressForMenu(index);
    setMenuAt({ x: event.clientX, y: event.clientY });
  };

  const press = (event: MouseEvent): void => {
    const index = indexUnder(event);
    if (index === null) choose.clear();
    else void choose.press(index, modifiersOf(event));
  };

  const openDetails = (event: MouseEvent): void => {
    const index = indexUnder(event);
    const row = index === null ? undefined : rowAt(useQueueStore.getState().windows[filter], index);
    if (row) setShown(row);
  };

  const itemsForMenu = (): readonly MenuItem[] => {
    const transfer = focusedRow();
    const { choices, wishes } = useQueueStore.getState();
    const selection = toQueueSelection(choices[filter], filter, wishes[filter].search);
    if (filter !== "queued" || transfer === undefined || selection === null) return [];
    const askStartTime = () => setStarting(transfer);
    return arrangeItems({ t: tControl, queue, selection, transfer, moveStep: moves.moveStep, askStartTime });
  };

  const actOnRow = useMemo(
    () => (action: TransferAction, transfer: Transfer) => act(action, { ids: [transfer.id] }, transfer),
    [act],
  );

  return (
    <>
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        className="queue"
        data-filter={filter}
        aria-label={label}
        aria-busy={isFinding}
        aria-multiselectable
        aria-rowcount={total + 1}
        aria-activedescendant={focusId === null ? undefined : rowElementId(focusId)}
        onKeyDown={followKeys}
        onFocus={() => focusId === null && total > 0 && void choose.moveTo(0, { shift: false, ctrl: true })}
      >
        <QueueHeader filter={filter} />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it follows the keys */}
        <div
          ref={box}
          role="rowgroup"
          className="queue-scroller"
          onClick={press}
          onDoubleClick={openDetails}
          onContextMenu={openMenu}
          {...moves.drag}
        >
          <div role="presentation" style={{ height: view.contentHeight }}>
            <div role="presentation" className="queue-rows" style={{ transform: `translateY(${view.top}px)` }}>
              {Array.from({ length: view.end - view.first }, (_, step) => view.first + step).map((index) => (
                <QueueRow key={index} filter={filter} index={index} onAct={actOnRow} />
              ))}
              {moves.boundary === null ? null : (
                <div
                  role="presentation"
                  className="queue-drop-line"
                  style={{ top: (moves.boundary - view.first) * queueRowHeight }}
                />
              )}
            </div>
          </div>
        </div>
        {total === 0 ? (
          <div className="queue-empty">{wish.search.trim() ? <NothingFound filter={filter} /> : empty}</div>
        ) : null}
      </div>
      <QueueMenu
        at={menuAt}
        filter={filter}
        label={t("menuLabel")}
        arrangeItems={menuAt === null ? [] : itemsForMenu()}
        onAct={actOnChoice}
        onShow={() => setShown(focusedRow() ?? null)}
        onCopy={copyChosen}
        onReceipt={showReceipt}
        onChooseAll={choose.chooseAll}
        onClose={() => setMenuAt(null)}
        returnFocusTo={() => grid.current}
      />
      <TransferDialog transfer={shown} onAct={actOnRow} onClose={() => setShown(null)} />
      {starting === null ? null : (
        <StartAtDialog
          of="drop"
          onClose={() => setStarting(null)}
          onChoose={(atMs) => reportFailure(queue.startAt(starting.batchId, atMs), tControl("setStart"))}
        />
      )}
      <ReceiptDialogs
        view={receiptView}
        readIds={queue.idsOf}
        onShow={setReceiptView}
        onClose={() => setReceiptView(null)}
      />
      <RemoveDialog
        filter={filter}
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        onConfirm={() => {
          const { choices, wishes } = useQueueStore.getState();
          const selection = toQueueSelection(choices[filter], filter, wishes[filter].search);
          if (selection) act("remove", selection, null);
        }}
      />
    </>
  );
});

function useQueueIntents() {
  const engine = useEngine();
  return useMemo(() => queueIntents(engine), [engine]);
}

function modifiersOf(event: KeyboardEvent | MouseEvent): Modifiers {
  return { shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey };
}

function indexUnder(event: MouseEvent): number | null {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
  return row?.dataset.index === undefined ? null : Number(row.dataset.index);
}
