import { Ban, CircleCheck, CircleSlash } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { EvidenceWords } from "../receipts/EvidenceWords.tsx";
import { TimeCell } from "./TimeCell.tsx";
import { stateWords } from "./transferWords.ts";

/** How a transfer ended, how long it took, and when. */
export function CompletedCells({ transfer }: { readonly transfer: Transfer }) {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const { state, skipped, kind, startedMs, finishedMs } = transfer;
  const hasMovedBytes = state === "done" && skipped === null && kind === "file";
  const tookMs = hasMovedBytes && startedMs !== null && finishedMs !== null ? finishedMs - startedMs : 0;
  const Glyph = state === "cancelled" ? Ban : skipped === null ? CircleCheck : CircleSlash;
  return (
    <>
      <span role="gridcell" className="queue-cell queue-result" data-good={state === "done" && skipped === null}>
        <Glyph size={14} aria-hidden />
        <span>{stateWords(transfer, t)}</span>
        <EvidenceWords transfer={transfer} />
        {tookMs >= 1_000 ? <span className="queue-faint">{t("took", { time: formats.duration(tookMs) })}</span> : null}
      </span>
      <TimeCell atMs={finishedMs} />
    </>
  );
}
