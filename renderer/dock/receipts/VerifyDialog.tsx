import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { toWireError } from "../../../shared/errors/appError.ts";
import type { ReceiptSide } from "../../../shared/models/evidence.ts";
import { baseNameOfRemote } from "../../../shared/models/remotePath.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { describeError } from "../../i18n/describeError.ts";
import { useFormats } from "../../i18n/useFormats.ts";
import { receiptIntents } from "../../intents/receiptIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { RadioGroup } from "../../ui/RadioGroup.tsx";
import { checkWords } from "./receiptWords.ts";

export type VerifyDialogProps = {
  /** The transfers, as they were chosen. */
  readonly readIds: () => Promise<readonly number[]>;
  readonly onClose: () => void;
};

type Tally = {
  readonly total: number;
  readonly looked: number;
  readonly same: number;
  readonly troubles: readonly { readonly id: number; readonly name: string; readonly words: string }[];
};

const shownTroubles = 200;

/** Looks at files again that were transferred, one after the other, and says which are not what they were. Closing it stops. */
export function VerifyDialog({ readIds, onClose }: VerifyDialogProps) {
  const { t, i18n } = useTranslation("dock");
  const formats = useFormats();
  const engine = useEngine();
  const [side, setSide] = useState<ReceiptSide>("server");
  const [tally, setTally] = useState<Tally | null>(null);
  const running = useRef(new AbortController());
  useEffect(() => {
    const { current } = running;
    return () => current.abort();
  }, []);

  const look = async (id: number, signal: AbortSignal): Promise<string | null> => {
    try {
      const check = await receiptIntents(engine).verify(id, side, signal);
      return check.result === "same" ? null : checkWords(check, t);
    } catch (error) {
      return describeError(toWireError(error).kind, i18n).title;
    }
  };

  const start = async (): Promise<void> => {
    const { signal } = running.current;
    const receipts = await receiptIntents(engine).readAll(await readIds(), signal);
    let current: Tally = { total: receipts.length, looked: 0, same: 0, troubles: [] };
    setTally(current);
    for (const { transferId: id, remotePath } of receipts) {
      const words = await look(id, signal);
      if (signal.aborted) return;
      const troubles =
        words === null || current.troubles.length >= shownTroubles
          ? current.troubles
          : [...current.troubles, { id, name: baseNameOfRemote(remotePath), words }];
      current = { ...current, looked: current.looked + 1, same: current.same + (words === null ? 1 : 0), troubles };
      setTally(current);
    }
  };

  const number = formats.number;
  return (
    <Dialog
      isOpen
      title={t("receipt.verifyTitle")}
      description={t("receipt.verifyText")}
      onClose={onClose}
      actions={
        tally === null ? (
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button kind="primary" onClick={() => reportFailure(start(), t("receipt.verifyTitle"))}>
              {t("receipt.verifyStart")}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{t(tally.looked < tally.total ? "cancel" : "receipt.close")}</Button>
        )
      }
    >
      {tally === null ? (
        <RadioGroup<ReceiptSide>
          label={t("receipt.verifyWhere")}
          value={side}
          options={[
            { value: "server", label: t("receipt.onServer"), hint: t("receipt.onServerHint") },
            { value: "disk", label: t("receipt.onDisk"), hint: t("receipt.onDiskHint") },
          ]}
          onChange={setSide}
        />
      ) : (
        <>
          <ProgressBar label={t("receipt.verifyTitle")} share={tally.total === 0 ? 1 : tally.looked / tally.total} />
          <p role="status">
            {t("receipt.tally", {
              looked: number(tally.looked),
              total: number(tally.total),
              same: number(tally.same),
              other: number(tally.looked - tally.same),
            })}
          </p>
          {tally.troubles.length === 0 ? null : (
            <ul className="verify-troubles">
              {tally.troubles.map(({ id, name, words }) => (
                <li key={id}>
                  <strong>{name}</strong> {words}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Dialog>
  );
}
