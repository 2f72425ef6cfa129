import { type DragEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MoveTarget } from "../../../shared/models/queueControl.ts";
import type { QueueFilter } from "../../../shared/models/transfer.ts";
import type { QueueIntents } from "../../intents/queueIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { isChosen, toQueueSelection } from "../../stores/queueChoice.ts";
import { useQueueStore } from "../../stores/queueStore.ts";
import { dropTarget, stepTarget } from "./moveTargets.ts";

export type RowMoves = {
  /** The chosen rows go one up or down. */
  readonly moveStep: (step: "up" | "down") => void;
  /** Alt with an arrow, Home or End. True when the key was one of them. */
  readonly followKey: (event: KeyboardEvent) => boolean;
  /** Rows that are dragged would go above this row; null: nothing is dragged. */
  readonly boundary: number | null;
  readonly drag: {
    readonly onDragStart: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
    readonly onDragEnd: () => void;
  };
};

/** How pointer and keyboard give the chosen rows of the queue another place. Ended ones have none. `chooseOnly`: the row under a drag. */
export function useRowMoves(filter: QueueFilter, queue: QueueIntents, chooseOnly: (index: number) => void): RowMoves {
  const { t } = useTranslation("queueControl");
  const [boundary, setBoundary] = useState<number | null>(null);
  const [isDragging, setDragging] = useState(false);

  const move = (target: MoveTarget | null): void => {
    const { choices, wishes } = useQueueStore.getState();
    if (wishes[filter].sort !== null) return; // another order is on show: a place in it means nothing
    const selection = toQueueSelection(choices[filter], filter, wishes[filter].search);
    if (target !== null && selection !== null) reportFailure(queue.move(selection, target), t("move"));
  };

  const moveStep = (step: "up" | "down"): void => {
    const { windows, choices } = useQueueStore.getState();
    move(stepTarget(windows[filter], (id) => isChosen(choices[filter], id), step));
  };

  const end = (): void => {
    setDragging(false);
    setBoundary(null);
  };

  return {
    moveStep,
    followKey: (event) => {
      if (filter !== "queued" || !event.altKey) return false;
      if (event.key === "ArrowUp") moveStep("up");
      else if (event.key === "ArrowDown") moveStep("down");
      else if (event.key === "Home") move({ to: "top" });
      else if (event.key === "End") move({ to: "bottom" });
      else return false;
      return true;
    },
    boundary,
    drag: {
      onDragStart: (event) => {
        const row = rowUnder(event);
        if (row === null) return event.preventDefault();
        chooseOnly(row.index);
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("application/x-portside-transfers", "");
        setDragging(true);
      },
      onDragOver: (event) => {
        if (!isDragging) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = "move";
        const row = rowUnder(event);
        setBoundary(row === null ? useQueueStore.getState().windows[filter].total : row.boundary);
      },
      onDrop: (event) => {
        if (!isDragging) return;
        event.preventDefault();
        if (boundary !== null) move(dropTarget(useQueueStore.getState().windows[filter], boundary));
        end();
      },
      onDragEnd: end,
    },
  };
}

/** The row under the pointer, and above which row something would land there: in its lower half, the next. */
function rowUnder(event: DragEvent): { readonly index: number; readonly boundary: number } | null {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
  if (row?.dataset.index === undefined) return null;
  const { top, height } = row.getBoundingClientRect();
  const index = Number(row.dataset.index);
  return { index, boundary: event.clientY > top + height / 2 ? index + 1 : index };
}
