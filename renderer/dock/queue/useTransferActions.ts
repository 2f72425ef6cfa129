import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { assertNever } from "../../../shared/assertNever.ts";
import type { QueueSelection } from "../../../shared/contract/queue.ts";
import type { QueueFilter, Transfer } from "../../../shared/models/transfer.ts";
import type { QueueIntents } from "../../intents/queueIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { toQueueSelection } from "../../stores/queueChoice.ts";
import { useQueueStore } from "../../stores/queueStore.ts";
import type { TransferAction } from "./transferActions.ts";

export type TransferActions = {
  /** `transfer` is the one meant by "answer". */
  readonly act: (action: TransferAction, selection: QueueSelection, transfer: Transfer | null) => void;
  /** The same for what is chosen in the tab; removing what has not ended asks first. */
  readonly actOnChoice: (action: TransferAction) => void;
};

type Views = { readonly showAnswer: (transfer: Transfer) => void; readonly askRemoval: () => void };

export function useTransferActions(filter: QueueFilter, queue: QueueIntents, { showAnswer, askRemoval }: Views) {
  const { t } = useTranslation("dock");
  // The setters behind `showAnswer` and `askRemoval` are those of useState: they never change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo((): TransferActions => {
    const act: TransferActions["act"] = (action, selection, transfer) => {
      switch (action) {
        case "pause":
          return reportFailure(queue.pause(selection), t("pause"));
        case "resume":
          return reportFailure(queue.resume(selection), t("resume"));
        case "cancel":
          return reportFailure(queue.cancel(selection), t("cancel"));
        case "retry":
          return reportFailure(queue.retry(selection), t("retry"));
        case "remove":
          return reportFailure(queue.remove(selection), t("remove"));
        case "answer":
          return transfer ? showAnswer(transfer) : undefined;
        default:
          return assertNever(action);
      }
    };
    return {
      act,
      actOnChoice: (action) => {
        const { choices, wishes } = useQueueStore.getState();
        const selection = toQueueSelection(choices[filter], filter, wishes[filter].search);
        if (selection === null) return;
        if (action === "remove" && filter === "queued") askRemoval();
        else act(action, selection, null);
      },
    };
  }, [filter, queue, t]);
}
