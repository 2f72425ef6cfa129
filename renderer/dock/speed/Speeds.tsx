import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/useFormats.ts";
import { useProgressStore } from "../../stores/progressStore.ts";
import { useQueueStore } from "../../stores/queueStore.ts";

/** What the whole queue moves per second now, each way. */
export function Speeds() {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const isRunning = useQueueStore((state) => state.summary.running > 0);
  const upload = useProgressStore((state) => state.total.uploadBytesPerSecond);
  const download = useProgressStore((state) => state.total.downloadBytesPerSecond);
  return (
    <>
      <span className="speed" title={t("uploadSpeed")} data-direction="upload">
        <ArrowUp size={12} aria-hidden />
        <span className="visually-hidden">{t("uploadSpeed")}</span>
        {formats.speed(isRunning ? upload : 0)}
      </span>
      <span className="speed" title={t("downloadSpeed")} data-direction="download">
        <ArrowDown size={12} aria-hidden />
        <span className="visually-hidden">{t("downloadSpeed")}</span>
        {formats.speed(isRunning ? download : 0)}
      </span>
    </>
  );
}
