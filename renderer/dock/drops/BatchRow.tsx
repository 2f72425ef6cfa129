import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, CircleAlert, CircleCheck } from "lucide-react";
import { memo, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Batch } from "../../../shared/models/batch.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import type { QueueIntents } from "../../intents/queueIntents.ts";
import { applyExpanded, useBatchesStore } from "../../stores/batchesStore.ts";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { BatchDetails } from "./BatchDetails.tsx";
import { batchShare, batchTitle, countFailed, outcomeWords, proofHint, proofWords } from "./batchWords.ts";

export type BatchRowProps = { readonly batch: Batch; readonly queue: QueueIntents };

/** One drop in a line; its arrow opens what is to be told besides. */
export const BatchRow = memo(function BatchRow({ batch, queue }: BatchRowProps) {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const detailsId = useId();
  const isExpanded = useBatchesStore((state) => state.expanded.has(batch.id));
  const Arrow = batch.direction === "upload" ? ArrowUp : ArrowDown;
  const Chevron = isExpanded ? ChevronDown : ChevronRight;
  const hasFailed = countFailed(batch) > 0;
  const atMs = batch.finishedMs ?? batch.createdMs;
  const isDone = batch.left === 0;
  const target = batch.direction === "upload" ? `${batch.siteName}:${batch.target}` : batch.target;
  const outcome = outcomeWords(batch, formats, t);
  const proof = proofWords(batch, formats, t);
  const figures = { done: formats.number(batch.done), files: formats.number(batch.files) };

  return (
    <li className="batch" data-ended={isDone ? "" : undefined}>
      <div className="batch-line">
        <button
          type="button"
          className="batch-name"
          aria-expanded={isExpanded}
          aria-controls={detailsId}
          onClick={() => useBatchesStore.setState((state) => applyExpanded(state, batch.id, !isExpanded))}
        >
          <Chevron size={14} aria-hidden />
          <span className="queue-direction" data-direction={batch.direction}>
            <Arrow size={14} aria-label={t(batch.direction)} role="img" />
          </span>
          <span className="queue-cell" title={batchTitle(batch, t)}>
            {batch.title ?? t("batchUnnamed")}
          </span>
          {batch.sources > 1 ? (
            <span className="batch-more" role="img" aria-label={t("batchMore", { count: batch.sources - 1 })}>
              +{formats.number(batch.sources - 1)}
            </span>
          ) : null}
        </button>
        <span className="queue-cell queue-route" title={target}>
          <span aria-hidden className="queue-faint">
            →
          </span>
          <span className="queue-cell">{target}</span>
        </span>
        <span className="queue-cell batch-files">{t("batchFiles", figures)}</span>
        <span className="queue-cell queue-figure">{formats.size(batch.bytes)}</span>
        <span
          className="queue-cell batch-state"
          title={[outcome, proof, proofHint(batch, t)].filter(Boolean).join("\n")}
        >
          {isDone ? (
            <span className="queue-cell queue-result" data-good={!hasFailed} data-failed={hasFailed ? "" : undefined}>
              {hasFailed ? <CircleAlert size={14} aria-hidden /> : <CircleCheck size={14} aria-hidden />}
              <span className="queue-cell">{outcome}</span>
            </span>
          ) : batch.isPlan ? (
            <span className="queue-cell queue-faint">{t("stateBatchPlanned")}</span>
          ) : (
            <>
              <ProgressBar label={t("columnState")} share={batchShare(batch)} tone={batch.direction} />
              <span className="queue-percent">
                {t("stateRunning", { percent: Math.floor(batchShare(batch) * 100) })}
              </span>
              <span className="queue-cell batch-outcome" data-failed={hasFailed ? "" : undefined}>
                {outcome}
              </span>
            </>
          )}
          {proof === "" ? null : <span className="queue-cell batch-proof">{proof}</span>}
        </span>
        <span className="queue-cell queue-when" title={formats.exactTime(atMs, "second")}>
          {formats.time(atMs, "second", Date.now())}
        </span>
      </div>
      <div id={detailsId}>{isExpanded ? <BatchDetails batch={batch} queue={queue} /> : null}</div>
    </li>
  );
});
