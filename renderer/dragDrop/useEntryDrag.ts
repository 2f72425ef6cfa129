import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { disableNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/element/disable-native-drag-preview";
import { type RefObject, useEffect, useEffectEvent } from "react";
import type { Side } from "../../shared/models/place.ts";
import { entryAt, type PaneEntry } from "../stores/paneEntry.ts";
import { paneStores } from "../stores/paneStore.ts";
import { parentRow } from "../stores/rowSelection.ts";
import { carryEntries } from "./dragData.ts";

/**
 * Lets a row be dragged: the whole selection when it is part of it, itself alone otherwise. The element may come to show another
 * row while the list scrolls; it is asked at the start of the drag.
 */
export function useEntryDrag(element: RefObject<HTMLElement | null>, side: Side, row: number): void {
  const canDrag = useEffectEvent(() => row !== parentRow && paneStores[side].getState().renamingRow === null);
  const dragged = useEffectEvent(() => draggedEntries(side, row));

  useEffect(() => {
    const node = element.current;
    if (node === null) return;
    return draggable({
      element: node,
      canDrag: () => canDrag(),
      // The selection of that moment counts, not the one this row was drawn with.
      getInitialData: () => carryEntries(dragged()),
      // The system's preview cannot change its words on the way; DragLayer draws one that can.
      onGenerateDragPreview: ({ nativeSetDragImage }) => disableNativeDragPreview({ nativeSetDragImage }),
    });
  }, [element]);
}

function draggedEntries(side: Side, row: number): readonly PaneEntry[] {
  const { place, rowsPath, columns, selection } = paneStores[side].getState();
  if (place === null || rowsPath === null) return [];
  const rows = selection.rows.has(row) ? [...selection.rows].sort((a, b) => a - b) : [row];
  return rows.map((dragged) => entryAt(place, rowsPath, columns, dragged));
}
