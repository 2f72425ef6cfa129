import type { TFunction } from "i18next";
import type { QueueSelection } from "../../../shared/contract/queue.ts";
import { prioritySchema } from "../../../shared/models/priority.ts";
import type { Transfer } from "../../../shared/models/transfer.ts";
import type { QueueIntents } from "../../intents/queueIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import type { MenuItem } from "../../ui/menuItem.ts";

export type ArrangeItemsParts = {
  readonly t: TFunction<"queueControl">;
  readonly queue: QueueIntents;
  readonly selection: QueueSelection;
  /** The transfer that the menu was opened on: whose folder, drop and site are meant. */
  readonly transfer: Transfer;
  readonly moveStep: (step: "up" | "down") => void;
  readonly askStartTime: () => void;
};

/** What a user can do to the order and the pauses of transfers that have not ended. */
export function arrangeItems(parts: ArrangeItemsParts): readonly MenuItem[] {
  const { t, queue, askStartTime } = parts;
  return [
    { kind: "submenu", label: t("pauseMore"), items: scopeItems(parts, queue.pause) },
    { kind: "submenu", label: t("resumeMore"), items: scopeItems(parts, queue.resume) },
    { kind: "action", label: t("startDropAt"), run: askStartTime },
    { kind: "separator" },
    { kind: "submenu", label: t("priority"), items: priorityItems(parts) },
    { kind: "submenu", label: t("move"), items: moveItems(parts) },
    { kind: "separator" },
  ];
}

function scopeItems(
  { t, transfer: { id, batchId, siteId, siteName } }: ArrangeItemsParts,
  change: (selection: QueueSelection) => Promise<unknown>,
): readonly MenuItem[] {
  const item = (label: string, selection: QueueSelection): MenuItem => ({
    kind: "action",
    label,
    run: () => reportFailure(change(selection), label),
  });
  return [
    item(t("thisFolder"), { folderOf: id }),
    item(t("thisDrop"), { batchId }),
    item(t("thisSite", { site: siteName }), { siteId }),
  ];
}

function priorityItems({ t, queue, selection, transfer }: ArrangeItemsParts): readonly MenuItem[] {
  const set = (change: Parameters<QueueIntents["setPriority"]>[1]) =>
    reportFailure(queue.setPriority(selection, change), t("priority"));
  return [
    {
      kind: "choices",
      chosen: transfer.priority,
      options: prioritySchema.options.toReversed().map((value) => ({ value, label: t(value) })),
      choose: (value) => set(prioritySchema.parse(value)),
    },
    { kind: "separator" },
    { kind: "action", label: t("raise"), run: () => set("raise") },
    { kind: "action", label: t("lower"), run: () => set("lower") },
  ];
}

function moveItems({ t, queue, selection, moveStep }: ArrangeItemsParts): readonly MenuItem[] {
  const moveTo = (to: "top" | "bottom") => reportFailure(queue.move(selection, { to }), t("move"));
  return [
    { kind: "action", label: t("moveToTop"), shortcut: "Alt+Home", run: () => moveTo("top") },
    { kind: "action", label: t("moveUp"), shortcut: "Alt+Up", run: () => moveStep("up") },
    { kind: "action", label: t("moveDown"), shortcut: "Alt+Down", run: () => moveStep("down") },
    { kind: "action", label: t("moveToBottom"), shortcut: "Alt+End", run: () => moveTo("bottom") },
  ];
}
