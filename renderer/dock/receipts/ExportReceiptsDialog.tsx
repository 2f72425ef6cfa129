import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReceiptFormat } from "../../../shared/models/evidence.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { receiptIntents } from "../../intents/receiptIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import type { TabSelection } from "../../stores/queueChoice.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { RadioGroup } from "../../ui/RadioGroup.tsx";
import { saveFile } from "../saveFile.ts";

export type ExportReceiptsDialogProps = { readonly selection: TabSelection; readonly onClose: () => void };

/** Receipts as a file, for whoever wants to see them elsewhere. */
export function ExportReceiptsDialog({ selection, onClose }: ExportReceiptsDialogProps) {
  const { t } = useTranslation("dock");
  const engine = useEngine();
  const [format, setFormat] = useState<ReceiptFormat>("csv");
  const save = async (): Promise<void> => {
    const bytes = await receiptIntents(engine).exportAll(selection, format, new AbortController().signal);
    saveFile(bytes, `portside-receipts-${new Date().toISOString().slice(0, 10)}.${format}`);
    onClose();
  };
  return (
    <Dialog
      isOpen
      title={t("receipt.exportTitle")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" onClick={() => reportFailure(save(), t("receipt.exportTitle"))}>
            {t("receipt.exportSave")}
          </Button>
        </>
      }
    >
      <RadioGroup<ReceiptFormat>
        label={t("receipt.format")}
        value={format}
        options={[
          { value: "csv", label: "CSV", hint: t("receipt.csvHint") },
          { value: "json", label: "JSON", hint: t("receipt.jsonHint") },
          { value: "sha256", label: "SHA-256", hint: t("receipt.sha256Hint") },
        ]}
        onChange={setFormat}
      />
    </Dialog>
  );
}
