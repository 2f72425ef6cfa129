import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Transfer } from "../../../shared/models/transfer.ts";
import { describeError } from "../../i18n/describeError.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ShowInLogButton } from "../log/ShowInLogButton.tsx";
import { NextStepButton } from "./NextStepButton.tsx";
import { actionsFor, type TransferAction } from "./transferActions.ts";
import { factsOf, reportOf } from "./transferReport.ts";
import { routeOf } from "./transferWords.ts";

export type TransferDialogProps = {
  readonly transfer: Transfer | null;
  readonly onAct: (action: TransferAction, transfer: Transfer) => void;
  readonly onClose: () => void;
};

/** One transfer in full: where from and to, what happened, and the server's own words, to read and to copy. */
export function TransferDialog({ transfer, onAct, onClose }: TransferDialogProps) {
  const { t, i18n } = useTranslation("dock");
  const formats = useFormats();
  if (transfer === null) return null;

  const { name } = routeOf(transfer);
  const words = transfer.errorKind === null ? null : describeError(transfer.errorKind, i18n);
  const facts = factsOf(transfer, formats, i18n);
  const retry = actionsFor(transfer).find((action) => action === "retry");

  return (
    <Dialog
      isOpen
      title={t("answerTitle", { name })}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => void navigator.clipboard.writeText(reportOf(transfer, formats, i18n))}>
            <Copy size={14} aria-hidden />
            {t("copyDetails")}
          </Button>
          <ShowInLogButton transfer={transfer} onShown={onClose} />
          {transfer.state === "failed" ? <NextStepButton transfer={transfer} isInTabOrder onTaken={onClose} /> : null}
          {retry ? (
            <Button
              kind="primary"
              onClick={() => {
                onAct(retry, transfer);
                onClose();
              }}
            >
              {t("retry")}
            </Button>
          ) : null}
        </>
      }
    >
      {words ? (
        <div className="transfer-words">
          <p className="transfer-title">{words.title}</p>
          <p>{words.wayOut}</p>
          {transfer.attempts > 0 ? (
            <p className="queue-faint">{t("answerAttempts", { count: transfer.attempts })}</p>
          ) : null}
        </div>
      ) : null}
      <dl className="facts selectable">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {words ? (
        <section aria-label={t("answerServer")} className="transfer-answer">
          <h3 className="field-label">{t("answerServer")}</h3>
          {transfer.errorText ? (
            <pre className="mono selectable transfer-quote">{transfer.errorText}</pre>
          ) : (
            <p>{t("answerNone")}</p>
          )}
        </section>
      ) : null}
    </Dialog>
  );
}
