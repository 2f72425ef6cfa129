import "./statusBar.css";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/useFormats.ts";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import { useProgressStore } from "../stores/progressStore.ts";
import { useQueueStore } from "../stores/queueStore.ts";
import { ConnectionWords } from "./ConnectionWords.tsx";
import { SecurityButton } from "./SecurityButton.tsx";
import { WaitingFor } from "./WaitingFor.tsx";

/** The line at the foot: whom we talk to and how safely, how names are read, what moves, what waits. */
export function StatusBar() {
  const { t } = useTranslation("statusBar");
  const connection = useConnectionStore(currentConnection);
  const status = connection?.status;
  return (
    <footer className="status-bar">
      <ConnectionWords connection={connection} />
      {status?.state === "connected" ? (
        <>
          <SecurityButton security={status.security} system={status.system} />
          <span title={t("encoding")}>{status.encoding}</span>
        </>
      ) : null}
      <span className="status-gap" />
      <WaitingFor />
      <Speeds />
    </footer>
  );
}

function Speeds() {
  const { t } = useTranslation("statusBar");
  const formats = useFormats();
  const isRunning = useQueueStore((state) => state.summary.running > 0);
  const upload = useProgressStore((state) => state.total.uploadBytesPerSecond);
  const download = useProgressStore((state) => state.total.downloadBytesPerSecond);
  return (
    <>
      <span className="status-speed" title={t("uploadSpeed")} data-direction="upload">
        <ArrowUp size={12} aria-hidden />
        <span className="visually-hidden">{t("uploadSpeed")}</span>
        {formats.speed(isRunning ? upload : 0)}
      </span>
      <span className="status-speed" title={t("downloadSpeed")} data-direction="download">
        <ArrowDown size={12} aria-hidden />
        <span className="visually-hidden">{t("downloadSpeed")}</span>
        {formats.speed(isRunning ? download : 0)}
      </span>
    </>
  );
}
