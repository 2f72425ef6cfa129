import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { describeError } from "../../i18n/describeError.ts";
import { NextStepButton } from "./NextStepButton.tsx";
import { TimeCell } from "./TimeCell.tsx";

/** Why a transfer failed and what to do about it, and when. */
export function FailedCells({ transfer }: { readonly transfer: Transfer }) {
  const { i18n } = useTranslation("dock");
  const { title, wayOut } = describeError(transfer.errorKind ?? "internal", i18n);
  return (
    <>
      <span role="gridcell" className="queue-cell queue-reason" title={`${title} ${wayOut}`}>
        <CircleAlert size={14} aria-hidden />
        <span className="queue-reason-title">{title}</span> <span className="queue-way-out queue-faint">{wayOut}</span>
        <NextStepButton transfer={transfer} className="queue-next-step" isInTabOrder={false} />
      </span>
      <TimeCell atMs={transfer.finishedMs} />
    </>
  );
}
