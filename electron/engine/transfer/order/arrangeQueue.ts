import type { QueueSelection } from "../../../../shared/contract/queue.ts";
import { type Priority, rankOf } from "../../../../shared/models/priority.ts";
import type { MoveTarget } from "../../../../shared/models/queueControl.ts";
import type { QueueStore } from "../store/queueStore.ts";
import { forEachStep } from "../store/rowSteps.ts";
import { transferLife } from "../transferLife.ts";
import { moveRows } from "./moveRows.ts";

export type ArrangeParts = {
  readonly store: Pick<QueueStore, "order" | "selectIds" | "lastId" | "folderScope">;
  readonly onChanged: () => void;
};

/** What has not ended: the rest has no order to run in. */
const open = transferLife.cancel.from;

/** How users decide what runs first. It takes effect with the next transfer that begins. */
export function arrangeQueue({ store, onChanged }: ArrangeParts) {
  return {
    setPriority: async (selection: QueueSelection, change: Priority | "raise" | "lower"): Promise<void> => {
      await forEachStep(store, selection, open, (ids) => {
        if (change === "raise" || change === "lower") store.order.changePriority(ids, change === "raise" ? 1 : -1);
        else store.order.setPriority(ids, rankOf(change));
        onChanged();
      });
    },

    move: async (selection: QueueSelection, target: MoveTarget): Promise<void> => {
      await moveRows(store.order, { forEachStep: (step) => forEachStep(store, selection, open, step), target });
      onChanged();
    },
  };
}
