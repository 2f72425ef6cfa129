import { Pause, Play, ReceiptText, RotateCcw, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { automaticTransfers } from "../../shared/models/settings.ts";
import { useEngine } from "../app/EngineContext.ts";
import { queueIntents } from "../intents/queueIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { wholeTab } from "../stores/queueChoice.ts";
import { useQueueStore } from "../stores/queueStore.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";
import { Button } from "../ui/Button.tsx";
import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { Select } from "../ui/Select.tsx";
import { ExchangeMenu } from "./control/ExchangeMenu.tsx";
import { QueueClock } from "./control/QueueClock.tsx";
import { QueueSearch } from "./queue/QueueSearch.tsx";
import { ExportReceiptsDialog } from "./receipts/ExportReceiptsDialog.tsx";

const atOnceChoices = Array.from({ length: 20 }, (_, index) => String(index + 1)).map((value) => ({
  value,
  label: value,
}));

/** What can be done to the whole queue; `searches`: whether the tab shows transfers that can be searched. */
export function QueuedTools({ searches }: { readonly searches: boolean }) {
  const { t } = useTranslation("dock");
  const queue = useQueueIntents();
  const isProcessing = useQueueStore((state) => state.summary.isProcessing);
  const maxTransfers = useSettingsStore((state) => state.settings.maxTransfers);
  const label = isProcessing ? t("pauseQueue") : t("startQueue");
  return (
    <>
      {searches ? <QueueSearch filter="queued" /> : null}
      <span className="dock-at-once">
        <span aria-hidden>{t("atOnce")}</span>
        <Select
          label={t("maxTransfers")}
          hidesLabel
          value={String(maxTransfers)}
          options={[{ value: String(automaticTransfers), label: t("automatic") }, ...atOnceChoices]}
          onChange={(value) => reportFailure(queue.setMaxTransfers(Number(value)), t("maxTransfers"))}
        />
      </span>
      <Button
        kind={isProcessing ? "normal" : "primary"}
        onClick={() => reportFailure(queue.setProcessing(!isProcessing), label)}
      >
        {isProcessing ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
        {label}
      </Button>
      <QueueClock />
      <ExchangeMenu filter="queued" />
    </>
  );
}

/** What can be done to all that failed. Clearing asks first: those transfers are the work still to do. */
export function FailedTools() {
  const { t } = useTranslation("dock");
  const queue = useQueueIntents();
  const { shown, count } = useShown("failed");
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <QueueSearch filter="failed" />
      <Button disabled={count === 0} onClick={() => reportFailure(queue.retry(shown), t("retryAll"))}>
        <RotateCcw size={14} aria-hidden />
        {t("retryAll")}
      </Button>
      <Button disabled={count === 0} onClick={() => setAsking(true)}>
        <Trash2 size={14} aria-hidden />
        {t("clear")}
      </Button>
      <ExchangeMenu filter="failed" />
      <ConfirmDialog
        isOpen={isAsking}
        title={t("clearFailedTitle")}
        description={t("clearFailedText", { count })}
        confirmLabel={t("clear")}
        isDangerous
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          reportFailure(queue.remove(shown), t("clear"));
          setAsking(false);
        }}
      />
    </>
  );
}

export function CompletedTools() {
  const { t } = useTranslation("dock");
  const queue = useQueueIntents();
  const { shown, count } = useShown("completed");
  const [isExporting, setExporting] = useState(false);
  return (
    <>
      <QueueSearch filter="completed" />
      <Button disabled={count === 0} onClick={() => setExporting(true)}>
        <ReceiptText size={14} aria-hidden />
        {t("receipt.export")}
      </Button>
      <Button disabled={count === 0} onClick={() => reportFailure(queue.remove(shown), t("clear"))}>
        <Trash2 size={14} aria-hidden />
        {t("clear")}
      </Button>
      {isExporting ? (
        <ExportReceiptsDialog selection={{ filter: "completed" }} onClose={() => setExporting(false)} />
      ) : null}
    </>
  );
}

/** All that a tab shows: while it is searched, what was found. */
function useShown(filter: "failed" | "completed") {
  const search = useQueueStore((state) => state.wishes[filter].search);
  const all = useQueueStore((state) => state.summary[filter]);
  const found = useQueueStore((state) => state.windows[filter].total);
  return { shown: wholeTab(filter, search), count: search.trim() === "" ? all : found };
}

function useQueueIntents() {
  const engine = useEngine();
  return useMemo(() => queueIntents(engine), [engine]);
}
