import { Ban, CircleAlert, CircleSlash, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Batch } from "../../../shared/models/batch.ts";
import { isVerified } from "../../../shared/models/evidence.ts";
import { describeError } from "../../i18n/describeError.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import type { QueueIntents } from "../../intents/queueIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { Button } from "../../ui/Button.tsx";
import { showPlan } from "../plan/showPlan.ts";
import { skipWords } from "../queue/transferWords.ts";
import { levelHint, levelWords } from "../receipts/receiptWords.ts";

export type BatchDetailsProps = { readonly batch: Batch; readonly queue: QueueIntents };

/** Why parts of a drop were not transferred and what proves the others, each with its number, and what can be done to the whole of it. */
export function BatchDetails({ batch, queue }: BatchDetailsProps) {
  const { t, i18n } = useTranslation("dock");
  const formats = useFormats();
  const selection = { batchId: batch.id };
  const hasEnded = batch.left === 0;
  const tookMs = (batch.finishedMs ?? Date.now()) - batch.createdMs;
  const times = (count: number) => <span className="batch-count">{formats.number(count)} ×</span>;

  return (
    <div className="batch-details">
      <p className="queue-faint">
        {[
          t("batchAdded", { time: formats.time(batch.createdMs, "second", Date.now()) }),
          ...(hasEnded ? [t("took", { time: formats.duration(tookMs) })] : []),
          ...(batch.folders > 0 ? [t("batchFolders", { count: batch.folders })] : []),
          ...(hasEnded ? [] : [t("batchLeft", { count: batch.left })]),
        ].join(" · ")}
      </p>
      <ul
        className="batch-reasons"
        hidden={batch.failed.length + batch.skipped.length + batch.cancelled + batch.proved.length === 0}
      >
        {batch.failed.map(({ kind, count }) => {
          const { title, wayOut } = describeError(kind, i18n);
          return (
            <li key={kind} data-tone="failed">
              <CircleAlert size={14} aria-hidden />
              {times(count)} <span className="queue-reason-title">{title}</span>{" "}
              <span className="queue-cell queue-faint" title={wayOut}>
                {wayOut}
              </span>
            </li>
          );
        })}
        {batch.skipped.map(({ reason, count }) => (
          <li key={reason}>
            <CircleSlash size={14} aria-hidden />
            {times(count)} {skipWords(reason, t)}
          </li>
        ))}
        {batch.cancelled > 0 ? (
          <li>
            <Ban size={14} aria-hidden />
            {times(batch.cancelled)} {t("stateCancelled")}
          </li>
        ) : null}
        {batch.proved.map(({ level, count }) => (
          <li key={level} data-tone={isVerified(level) ? "verified" : undefined}>
            <ShieldCheck size={14} aria-hidden />
            {times(count)} {levelWords(level, t)}{" "}
            <span className="queue-cell queue-faint" title={levelHint(level, t)}>
              {levelHint(level, t)}
            </span>
          </li>
        ))}
      </ul>
      <div className="batch-actions">
        {batch.failed.length > 0 ? (
          <Button kind="primary" onClick={() => reportFailure(queue.retry(selection), t("retry"))}>
            {batch.cancelled > 0 ? t("batchRetryAll") : t("batchRetryFailed")}
          </Button>
        ) : null}
        {batch.isPlan ? <Button onClick={() => showPlan(batch.id)}>{t("batchShowPlan")}</Button> : null}
        {hasEnded ? (
          <Button onClick={() => reportFailure(queue.remove(selection), t("remove"))}>{t("batchRemove")}</Button>
        ) : (
          <>
            {batch.isPlan ? null : (
              <>
                <Button onClick={() => reportFailure(queue.pause(selection), t("pause"))}>{t("pause")}</Button>
                <Button onClick={() => reportFailure(queue.resume(selection), t("resume"))}>{t("resume")}</Button>
              </>
            )}
            <Button onClick={() => reportFailure(queue.cancel(selection), t("cancel"))}>{t("batchCancel")}</Button>
          </>
        )}
      </div>
    </div>
  );
}
