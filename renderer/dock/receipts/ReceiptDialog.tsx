import { Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { toWireError, type WireError } from "../../../shared/errors/appError.ts";
import type { Receipt } from "../../../shared/models/evidence.ts";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { receiptIntents } from "../../intents/receiptIntents.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { routeOf } from "../queue/transferWords.ts";
import { receiptFacts } from "./receiptWords.ts";

export type ReceiptDialogProps = {
  readonly transfer: Transfer;
  readonly onVerify: () => void;
  readonly onClose: () => void;
};

/** The receipt of one transfer, to read and to copy. */
export function ReceiptDialog({ transfer, onVerify, onClose }: ReceiptDialogProps) {
  const { t } = useTranslation("dock");
  const formats = useFormats();
  const engine = useEngine();
  const [receipt, setReceipt] = useState<Receipt | null | undefined>(undefined);
  const [error, setError] = useState<WireError | null>(null);
  const { id } = transfer;

  useEffect(() => {
    const closed = new AbortController();
    const fail = (thrown: unknown) => {
      if (!closed.signal.aborted) setError(toWireError(thrown));
    };
    receiptIntents(engine).read(id, closed.signal).then(setReceipt, fail);
    return () => closed.abort();
  }, [engine, id]);

  const facts = receipt ? receiptFacts(receipt, t, formats) : [];
  const report = facts.map(([label, value]) => `${label}: ${value}`).join("\n");
  return (
    <Dialog
      isOpen
      title={t("receipt.title", { name: routeOf(transfer).name })}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button disabled={!receipt} onClick={onVerify}>
            {t("receipt.verify")}
          </Button>
          <Button kind="primary" disabled={!receipt} onClick={() => void navigator.clipboard.writeText(report)}>
            <Copy size={14} aria-hidden />
            {t("receipt.copy")}
          </Button>
        </>
      }
    >
      {error === null ? null : <ErrorNote error={error} />}
      {receipt === null ? <p>{t("receipt.none")}</p> : null}
      <dl className="facts selectable receipt-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={/^[0-9a-f]{32,}$/.test(value) ? "mono" : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
