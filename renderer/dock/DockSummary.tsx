import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/useFormats.ts";
import { useProgressStore } from "../stores/progressStore.ts";
import { pendingCount, useQueueStore } from "../stores/queueStore.ts";
import { ProgressBar } from "../ui/ProgressBar.tsx";
import { queueShare } from "./queueShare.ts";

/**
 * The queue in one line, which stays when the dock is folded: "2 running · 3 min left · 298 waiting · 12.4 MiB/s". What stands elsewhere
 * as well comes last, for a narrow window cuts the end.
 */
export function DockSummary() {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const summary = useQueueStore((state) => state.summary);
  const plannedBytes = useQueueStore((state) => state.plannedBytes);
  const total = useProgressStore((state) => state.total);
  const { queued, running, waiting, paused, isProcessing } = summary;
  const isMoving = running > 0;
  const count = (key: "summaryRunning" | "summaryWaiting" | "summaryAsking" | "summaryPaused", value: number) =>
    value === 0 ? [] : [t(key, { number: formats.number(value) })];

  const parts =
    pendingCount(summary) === 0
      ? [t("summaryEmpty")]
      : [
          ...(isProcessing ? [] : [t("summaryStopped")]),
          ...count("summaryRunning", running),
          ...count("summaryAsking", waiting),
          ...(isMoving && total.etaMs !== null
            ? [t("summaryLeft", { time: formats.duration(total.etaMs) })]
            : summary.bytesRemaining > 0
              ? [t("summaryBytes", { size: formats.size(summary.bytesRemaining) })]
              : []),
          ...count("summaryWaiting", queued),
          ...count("summaryPaused", paused),
          ...(isMoving && total.bytesPerSecond > 0 ? [formats.speed(total.bytesPerSecond)] : []),
        ];

  const words = parts.join(" · ");
  return (
    <div className="dock-summary" data-testid="queue-summary">
      {pendingCount(summary) === 0 ? null : (
        <ProgressBar label={t("totalProgress")} share={queueShare(summary, plannedBytes, total)} />
      )}
      <span className="dock-summary-words" title={words}>
        {words}
      </span>
    </div>
  );
}
