import { useTranslation } from "react-i18next";
import type { QueueFilter } from "../../shared/models/transfer.ts";
import { ContextMenu, type Point } from "../ui/ContextMenu.tsx";
import type { MenuItem } from "../ui/menuItem.ts";
import type { ReceiptView } from "./ReceiptDialogs.tsx";
import type { TransferAction } from "./transferActions.ts";

export type QueueMenuProps = {
  readonly at: Point | null;
  readonly filter: QueueFilter;
  readonly label: string;
  readonly onAct: (action: TransferAction) => void;
  readonly onShow: () => void;
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

/** What can be done to the chosen transfers of a tab. */
export function QueueMenu(props: QueueMenuProps) {
  const { at, filter, label, onAct, onShow, onReceipt, onChooseAll, onClose, returnFocusTo } = props;
  const { t } = useTranslation("dock");
  const items: readonly MenuItem[] = [
    ...actionsOf[filter].map((action): MenuItem => ({ kind: "action", label: t(action), run: () => onAct(action) })),
    {
      kind: "action",
      label: filter === "failed" ? t("showAnswer") : t("showDetails"),
      shortcut: "Enter",
      run: onShow,
    },
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
    { kind: "separator" },
    { kind: "action", label: t("remove"), shortcut: "Del", isDangerous: true, run: () => onAct("remove") },
  ];
  return <ContextMenu at={at} label={label} items={items} onClose={onClose} returnFocusTo={returnFocusTo} />;
}
