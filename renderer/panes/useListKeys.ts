import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { holdsCtrl, isShortcut, type ShortcutName } from "../commands/shortcuts.ts";
import { applySelection, paneStores } from "../stores/paneStore.ts";
import {
  emptySelection,
  moveFocus,
  positionOf,
  type RowSelection,
  selectAll,
  selectOnly,
  selectRange,
  toggleRow,
} from "../stores/rowSelection.ts";
import { findTyped, nothingTyped, typeLetter } from "./findTyped.ts";
import type { PaneActions } from "./usePaneActions.ts";

export type ListKeysParts = {
  readonly side: Side;
  /** Rows top to bottom as on screen. */
  readonly shown: Int32Array;
  readonly actions: PaneActions;
  /** Brings a place in the list into view. */
  readonly reveal: (position: number) => void;
  readonly openMenu: () => void;
  readonly pageRows: () => number;
};

/** The keyboard of the list. */
export function useListKeys({ side, shown, actions, reveal, openMenu, pageRows }: ListKeysParts) {
  const typed = useRef(nothingTyped);
  const locale = useTranslation().i18n.language;

  const commands: Partial<Record<ShortcutName, () => void>> = {
    refresh: actions.refresh,
    newFolder: actions.askNewFolder,
    transfer: actions.transferSelection,
    plan: actions.planSelection,
    rename: actions.startRename,
    delete: actions.askDelete,
    copy: actions.copy,
    paste: actions.paste,
    up: actions.goUp,
    back: actions.goBack,
    forward: actions.goForward,
    menu: openMenu,
    selectAll: () => choose(selectAll(selection(), shown)),
  };

  const selection = (): RowSelection => paneStores[side].getState().selection;
  const choose = (next: RowSelection): void => paneStores[side].setState((state) => applySelection(state, next));

  const moveTo = (position: number, event: KeyboardEvent): void => {
    const bounded = Math.min(shown.length - 1, Math.max(0, position));
    const row = shown[bounded];
    if (row === undefined) return;
    const before = selection();
    if (event.shiftKey) choose(selectRange(before, shown, row, holdsCtrl(event)));
    else choose(holdsCtrl(event) ? moveFocus(before, row) : selectOnly(row));
    reveal(bounded);
  };

  const follow = (event: KeyboardEvent): boolean => {
    const { focus } = selection();
    const position = focus === null ? -1 : positionOf(shown, focus);
    if (!event.altKey) {
      const target = {
        ArrowDown: position + 1,
        ArrowUp: position === -1 ? 0 : position - 1,
        PageDown: position + pageRows(),
        PageUp: position - pageRows(),
        Home: 0,
        End: shown.length - 1,
      }[event.key];
      if (target !== undefined) {
        moveTo(target, event);
        return true;
      }
    }
    const name = (Object.keys(commands) as ShortcutName[]).find((command) => isShortcut(event, command));
    if (name !== undefined) {
      commands[name]?.();
      return true;
    }
    switch (event.key) {
      case "Enter":
        if (focus !== null) actions.activate(focus);
        return true;
      case " ":
        if (focus !== null) choose(toggleRow(selection(), focus));
        return true;
      case "Escape":
        choose({ ...emptySelection, focus });
        return true;
      case "Tab":
        // To the other list, and on from there: forward from the right one, backward from the left one, so that nobody is caught.
        if (event.shiftKey !== (side === "remote") || holdsCtrl(event)) return false;
        actions.focusOtherList();
        return true;
    }
    if (event.key.length !== 1 || holdsCtrl(event) || event.altKey) return false;
    typed.current = typeLetter(typed.current, event.key, Date.now());
    const found = findTyped(paneStores[side].getState().columns, shown, position, typed.current.text, locale);
    const row = found === null ? undefined : shown[found];
    if (found === null || row === undefined) return true;
    choose(selectOnly(row));
    reveal(found);
    return true;
  };

  return (event: KeyboardEvent): void => {
    // Keys pressed in the header's grips or a name field are theirs.
    if (event.target === event.currentTarget && follow(event)) event.preventDefault();
  };
}
