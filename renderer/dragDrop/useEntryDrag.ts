import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { disableNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/element/disable-native-drag-preview";
import { type RefObject, useEffect } from "react";
import type { Side } from "../../shared/models/place.ts";
import { entryAt, type PaneEntry } from "../stores/paneEntry.ts";
import { paneStores } from "../stores/paneStore.ts";
import { parentRow } from "../stores/rowSelection.ts";
import { carryEntries } from "./dragData.ts";

/** Lets a row be dragged: the whole selection when it is part of it, itself alone otherwise. */
export function useEntryDrag(element: RefObject<HTMLElement | null>, side: Side, row: number): void {
  useEffect(() => {
    const node = element.current;
    if (node === null || row === parentRow) return;
    return draggable({
      element: node,
      canDrag: () => paneStores[side].getState().renamingRow === null,
      // Asked at the start of the drag: the selection of that moment counts, not the one this row was drawn with.
      getInitialData: () => carryEntries(draggedEntries(side, row)),
      // The system's preview cannot change its words on the way; DragLayer draws one that can.
      onGenerateDragPreview: ({ nativeSetDragImage }) => disableNativeDragPreview({ nativeSetDragImage }),
    });
  }, [element, side, row]);
}

function draggedEntries(side: Side, row: number): readonly PaneEntry[] {
  const { place, rowsPath, columns, selection } = paneStores[side].getState();
  if (place === null || rowsPath === null) return [];
  const rows = selection.rows.has(row) ? [...selection.rows].sort((a, b) => a - b) : [row];
  return rows.map((dragged) => entryAt(place, rowsPath, columns, dragged));
}
