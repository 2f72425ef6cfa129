import { useTranslation } from "react-i18next";
import type { QueueFilter } from "../../shared/models/transfer.ts";
import { ContextMenu, type Point } from "../ui/ContextMenu.tsx";
import type { MenuItem } from "../ui/menuItem.ts";
import type { TransferAction } from "./transferActions.ts";

export type QueueMenuProps = {
  readonly at: Point | null;
  readonly filter: QueueFilter;
  readonly label: string;
  readonly onAct: (action: TransferAction) => void;
  readonly onShow: () => void;
  readonly onCopy: () => void;
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
export function QueueMenu({
  at,
  filter,
  label,
  onAct,
  onShow,
  onCopy,
  onChooseAll,
  onClose,
  returnFocusTo,
}: QueueMenuProps) {
  const { t } = useTranslation("dock");
  const items: readonly MenuItem[] = [
    ...actionsOf[filter].map((action): MenuItem => ({ kind: "action", label: t(action), run: () => onAct(action) })),
    {
      kind: "action",
      label: filter === "failed" ? t("showAnswer") : t("showDetails"),
      shortcut: "Enter",
      run: onShow,
    },
    { kind: "action", label: t("copyDetails"), shortcut: "Ctrl+C", run: onCopy },
    { kind: "separator" },
    { kind: "action", label: t("selectAll"), shortcut: "Ctrl+A", run: onChooseAll },
    { kind: "separator" },
    { kind: "action", label: t("remove"), shortcut: "Del", isDangerous: true, run: () => onAct("remove") },
  ];
  return <ContextMenu at={at} label={label} items={items} onClose={onClose} returnFocusTo={returnFocusTo} />;
}
