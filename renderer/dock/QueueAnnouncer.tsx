import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useProgressStore } from "../stores/progressStore.ts";
import { pendingCount, useQueueStore } from "../stores/queueStore.ts";
import { applySpoken, useUiStore } from "../stores/uiStore.ts";
import { queueShare } from "./queueShare.ts";

const everyMs = 20_000; // often enough to know that it moves, seldom enough to work beside it

/** Tells those who do not see the bars how the queue gets on: every 20 seconds while it runs, and at its end. Draws nothing. */
export function QueueAnnouncer() {
  const { t } = useTranslation("dock");
  const isRunning = useQueueStore((state) => state.summary.running > 0);

  useEffect(() => {
    if (!isRunning) return;
    const failedBefore = useQueueStore.getState().summary.failed;
    const speak = (text: string) => useUiStore.setState((state) => applySpoken(state, text));
    const timer = setInterval(() => {
      const { summary, plannedBytes } = useQueueStore.getState();
      const share = queueShare(summary, plannedBytes, useProgressStore.getState().total) ?? 0;
      const [number, waiting, percent] = [summary.running, summary.queued, Math.floor(share * 100)];
      const failed = summary.failed - failedBefore;
      const progress = t("announceRunning", { number, waiting, percent });
      speak(failed > 0 ? `${progress} ${t("announceFailed", { count: failed })}` : progress);
    }, everyMs);
    return () => {
      clearInterval(timer);
      const { summary } = useQueueStore.getState();
      if (pendingCount(summary) > 0) return;
      const failed = summary.failed - failedBefore;
      speak(failed > 0 ? `${t("announceDone")} ${t("announceFailed", { count: failed })}` : t("announceDone"));
    };
  }, [isRunning, t]);

  return null;
}
