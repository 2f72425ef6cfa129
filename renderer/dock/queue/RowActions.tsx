import { CirclePause, CirclePlay, type LucideIcon, MessageSquareText, RotateCcw, Trash2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { actionsFor, type TransferAction } from "./transferActions.ts";

export type RowActionsProps = {
  readonly transfer: Transfer;
  readonly name: string;
  readonly onAct: (action: TransferAction, transfer: Transfer) => void;
};

const glyphs = {
  pause: CirclePause,
  resume: CirclePlay,
  cancel: X,
  retry: RotateCcw,
  remove: Trash2,
  answer: MessageSquareText,
} as const satisfies Record<TransferAction, LucideIcon>;

/** What can be done to one row, at its end. Keys and the context menu do the same, so the buttons stay out of the tab order. */
export function RowActions({ transfer, name, onAct }: RowActionsProps) {
  const { t } = useTranslation("dock");
  return (
    <span role="gridcell" aria-label={t("actionsFor", { name })} className="queue-actions">
      {actionsFor(transfer).map((action) => {
        const Glyph = glyphs[action];
        const label = action === "answer" ? t("showAnswer") : t(action);
        return (
          <button
            key={action}
            type="button"
            tabIndex={-1}
            className="icon-button"
            data-size="small"
            aria-label={label}
            title={label}
            onClick={(event) => {
              event.stopPropagation();
              onAct(action, transfer);
            }}
          >
            <Glyph size={14} aria-hidden />
          </button>
        );
      })}
    </span>
  );
}
