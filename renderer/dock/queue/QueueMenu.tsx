import { useTranslation } from "react-i18next";
import type { QueueFilter } from "../../../shared/models/transfer.ts";
import { applyWish, nextQueueSort, useQueueStore } from "../../stores/queueStore.ts";
import { ContextMenu, type Point } from "../../ui/ContextMenu.tsx";
import type { MenuItem } from "../../ui/menuItem.ts";
import type { ReceiptView } from "../receipts/ReceiptDialogs.tsx";
import { sortedColumns, sortOf } from "./queueSorts.ts";
import type { TransferAction } from "./transferActions.ts";

export type QueueMenuProps = {
  readonly at: Point | null;
  readonly filter: QueueFilter;
  readonly label: string;
  /** What concerns the order and the pauses of the queue. */
  readonly arrangeItems: readonly MenuItem[];
  readonly onAct: (action: TransferAction) => void;
  readonly onShow: () => void;
  readonly onCopy: () => void;
  /** What has arrived has receipts. */
  readonly onReceipt: (show: ReceiptView["show"]) => void;
  readonly onChooseAll: () => void;
  readonly onClose: () => void;
  readonly returnFocusTo: () => HTMLElement | null;
};

const actionsOf = {
  queued: ["pause", "resume", "cancel"],
  failed: ["retry"],
  completed: ["retry"],
} as const satisfies Record<QueueFilter, readonly TransferAction[]>;

const ownOrder = "own";

/** What can be done to the chosen transfers of a tab. */
export function QueueMenu(props: QueueMenuProps) {
  const { at, filter, label, arrangeItems, onAct, onShow, onCopy, onReceipt } = props;
  const { onChooseAll, onClose, returnFocusTo } = props;
  const { t } = useTranslation("dock");
  const sort = useQueueStore((state) => state.wishes[filter].sort);
  const orders = sortedColumns[filter].map((column) => ({ value: sortOf(column) ?? "name", label: t(column) }));
  const sortChoices: MenuItem = {
    kind: "choices",
    chosen: sort?.by ?? ownOrder,
    options: [{ value: ownOrder, label: t("ownOrder") }, ...orders],
    choose: (value) => {
      const order = orders.find((one) => one.value === value);
      const next = order === undefined ? null : nextQueueSort(sort, order.value);
      useQueueStore.setState((state) => applyWish(state, filter, { sort: next }));
    },
  };
  const items: readonly MenuItem[] = [
    ...actionsOf[filter].map((action): MenuItem => ({ kind: "action", label: t(action), run: () => onAct(action) })),
    ...arrangeItems,
    {
      kind: "action",
      label: filter === "failed" ? t("showAnswer") : t("showDetails"),
      shortcut: "Enter",
      run: onShow,
    },
    { kind: "action", label: t("copyDetails"), shortcut: "Ctrl+C", run: onCopy },
    ...(filter === "completed"
      ? [
          { kind: "separator" } as const,
          { kind: "action", label: t("receipt.menu"), run: () => onReceipt("receipt") } as const,
          { kind: "action", label: t("receipt.verify"), run: () => onReceipt("verify") } as const,
          { kind: "action", label: t("receipt.export"), run: () => onReceipt("export") } as const,
        ]
      : []),
    { kind: "separator" },
    { kind: "action", label: t("selectAll"), shortcut: "Ctrl+A", run: onChooseAll },
    { kind: "submenu", label: t("sortBy"), items: [sortChoices] },
    { kind: "separator" },
    { kind: "action", label: t("remove"), shortcut: "Del", isDangerous: true, run: () => onAct("remove") },
  ];
  return <ContextMenu at={at} label={label} items={items} onClose={onClose} returnFocusTo={returnFocusTo} />;
}
