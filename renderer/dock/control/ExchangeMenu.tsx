import { FileDown, FileUp, MoreHorizontal } from "lucide-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { QueueFileFormat } from "../../../shared/contract/exchange.ts";
import type { QueueFilter } from "../../../shared/models/transfer.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { exchangeIntents } from "../../intents/exchangeIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { showUnderWay } from "../../intents/showUnderWay.ts";
import { useQueueStore } from "../../stores/queueStore.ts";
import { applyNotice, applySpoken, nextWorkId, useUiStore } from "../../stores/uiStore.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { MenuButton } from "../../ui/MenuButton.tsx";
import { saveFile } from "../saveFile.ts";
import { exportedWords, importedWords } from "./exchangeWords.ts";

/** Takes a tab's transfers to another computer or program, and brings such files in. */
export function ExchangeMenu({ filter }: { readonly filter: Extract<QueueFilter, "queued" | "failed"> }) {
  const { t } = useTranslation("dock");
  const engine = useEngine();
  const chooser = useRef<HTMLInputElement>(null);
  const isEmpty = useQueueStore((state) => state.windows[filter].total === 0);
  const exchange = useMemo(() => {
    const { portside } = window;
    const pathOf = portside ? (file: File) => portside.pathForFile(file) : null;
    return exchangeIntents({ engine, send: (...request) => fetch(...request), pathOf, today: () => new Date() });
  }, [engine]);

  const say = (text: string): void => {
    useUiStore.setState((state) =>
      applyNotice(applySpoken(state, text), { id: nextWorkId(), text, error: null, cancel: null }),
    );
  };
  const exportAs = async (format: QueueFileFormat): Promise<void> => {
    const file = await showUnderWay(t("exchange.exporting"), (signal) => exchange.exportQueue(format, filter, signal));
    saveFile(file.bytes, file.name);
    say(exportedWords(file, t));
  };
  const importFrom = async (file: File): Promise<void> => {
    const result = await showUnderWay(t("exchange.importing"), (signal) => exchange.importQueue(file, signal));
    say(importedWords(result, t));
  };
  const exportItem = (label: string, format: QueueFileFormat) =>
    ({
      kind: "action",
      label,
      glyph: <FileDown size={14} aria-hidden />,
      isDisabled: isEmpty,
      run: () => reportFailure(exportAs(format), label),
    }) as const;

  return (
    <>
      <MenuButton
        align="end"
        trigger={<IconButton icon={MoreHorizontal} label={t("exchange.menu")} />}
        items={[
          exportItem(t("exchange.export"), "portside"),
          exportItem(t("exchange.exportFilezilla"), "filezilla"),
          { kind: "separator" },
          {
            kind: "action",
            label: t("exchange.import"),
            glyph: <FileUp size={14} aria-hidden />,
            run: () => chooser.current?.click(),
          },
        ]}
      />
      <input
        ref={chooser}
        type="file"
        hidden
        accept=".jsonl,.json,.xml"
        aria-label={t("exchange.import")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) reportFailure(importFrom(file), t("exchange.import"));
          event.target.value = ""; // the same file may be chosen again
        }}
      />
    </>
  );
}
