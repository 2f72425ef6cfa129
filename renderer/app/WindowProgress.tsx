import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { queueShare } from "../dock/queueShare.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { useProgressStore } from "../stores/progressStore.ts";
import { useQueueStore } from "../stores/queueStore.ts";
import { ringIcon, titleOf } from "./windowProgress.ts";

const everyMs = 1_000; // a tab's title is glanced at

/** Tells in the window's title and icon how far the queue is. Draws nothing. */
export function WindowProgress() {
  const { t } = useTranslation("common");
  const formats = useFormats();
  const isRunning = useQueueStore((state) => state.summary.running > 0);

  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    const plainIcon = icon?.href;
    const showPlain = (): void => {
      document.title = titleOf(null, t("appName"));
      if (icon && plainIcon) icon.href = plainIcon;
    };
    if (!isRunning) return showPlain();
    const show = (): void => {
      const { summary, plannedBytes } = useQueueStore.getState();
      const { total } = useProgressStore.getState();
      const share = queueShare(summary, plannedBytes, total) ?? 0;
      const percent = formats.percent(Math.floor(share * 100) / 100);
      document.title = titleOf({ percent, speed: formats.speed(total.bytesPerSecond) }, t("appName"));
      if (icon) icon.href = ringIcon(share);
    };
    const timer = setInterval(show, everyMs);
    return () => {
      clearInterval(timer);
      showPlain();
    };
  }, [isRunning, formats, t]);

  return null;
}
