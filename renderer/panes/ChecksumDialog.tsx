import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { toWireError, type WireError } from "../../shared/errors/appError.ts";
import type { Checksum } from "../../shared/models/checksum.ts";
import { useEngine } from "../app/EngineContext.ts";
import { folderIntents } from "../intents/folderIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { applySpoken, useUiStore } from "../stores/uiStore.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorNote } from "../ui/ErrorNote.tsx";

export type ChecksumDialogProps = { readonly entry: PaneEntry; readonly onClose: () => void };

/** What the server computes over one file, to compare and to copy. Closing it stops the waiting. */
export function ChecksumDialog({ entry, onClose }: ChecksumDialogProps) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const engine = useEngine();
  const [checksum, setChecksum] = useState<Checksum | null>(null);
  const [error, setError] = useState<WireError | null>(null);

  useEffect(() => {
    const closed = new AbortController();
    const fail = (thrown: unknown) => {
      if (!closed.signal.aborted) setError(toWireError(thrown));
    };
    folderIntents(engine, "remote").checksum(entry, closed.signal).then(setChecksum, fail);
    return () => closed.abort();
  }, [engine, entry]);

  const copy = async ({ value }: Checksum): Promise<void> => {
    await navigator.clipboard.writeText(value);
    useUiStore.setState((state) => applySpoken(state, t("said.checksumCopied")));
  };

  return (
    <Dialog
      isOpen
      title={t("checksumTitle", { name: entry.name })}
      description={t("checksumText")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("close")}</Button>
          <Button
            kind="primary"
            disabled={checksum === null}
            onClick={() => checksum && reportFailure(copy(checksum), t("checksum"))}
          >
            {t("copyChecksum")}
          </Button>
        </>
      }
    >
      {error === null ? null : <ErrorNote error={error} />}
      {checksum === null && error === null ? <p role="status">{t("checksumWaiting")}</p> : null}
      {checksum === null ? null : (
        <dl className="facts selectable">
          <div>
            <dt>{checksum.algorithm}</dt>
            <dd className="mono checksum-value">{checksum.value}</dd>
          </div>
        </dl>
      )}
    </Dialog>
  );
}
