import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CommandOutput } from "../../shared/contract/contract.ts";
import { toWireError, type WireError } from "../../shared/errors/appError.ts";
import type { FactName } from "../../shared/models/serverFacts.ts";
import { useEngine } from "../app/EngineContext.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { Button } from "../ui/Button.tsx";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { LearntFacts } from "./LearntFacts.tsx";

type Description = CommandOutput<"connections.describeServer">;

/** What this server can do, as it says and as was found out; and a way to find it out again. */
export function ServerAbilities({ connectionId }: { readonly connectionId: string }) {
  const { t } = useTranslation("statusBar");
  const engine = useEngine();
  const formats = useFormats();
  const [description, setDescription] = useState<Description | null>(null);
  const [error, setError] = useState<WireError | null>(null);

  const [asked, setAsked] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` asks again after something was forgotten
  useEffect(() => {
    const closed = new AbortController();
    const fail = (thrown: unknown) => {
      if (!closed.signal.aborted) setError(toWireError(thrown));
    };
    engine.call("connections.describeServer", { connectionId }, closed.signal).then(setDescription, fail);
    return () => closed.abort();
  }, [engine, connectionId, asked]);

  const forget = (fact?: FactName): void => {
    const forgotten = engine.call("connections.forgetServer", fact ? { connectionId, fact } : { connectionId });
    reportFailure(
      forgotten.then(() => setAsked((times) => times + 1)),
      t("forgetServer"),
    );
  };

  return (
    <section aria-label={t("abilities")}>
      <h3 className="field-label">{t("abilities")}</h3>
      {error === null ? null : <ErrorNote error={error} />}
      {description === null ? null : (
        <dl className="facts selectable">
          {rowsOf(description, t, formats.size).map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {description === null || description.facts.length === 0 ? null : (
        <>
          <h3 className="field-label learnt-title">{t("foundOut")}</h3>
          <LearntFacts facts={description.facts} onForget={forget} />
        </>
      )}
      <Button title={t("forgetServerHint")} onClick={() => forget()}>
        {t("forgetServer")}
      </Button>
    </section>
  );
}

function rowsOf(
  { abilities, freeBytes }: Description,
  t: TFunction<"statusBar">,
  sizeOf: (bytes: number) => string,
): readonly (readonly [string, string])[] {
  const yesOrNo = (can: boolean) => t(can ? "yes" : "no");
  return [
    [t("resumesDownloads"), yesOrNo(abilities.resumeDownload)],
    [t("resumesUploads"), yesOrNo(abilities.resumeUpload)],
    [t("keepsTimes"), yesOrNo(abilities.setModified)],
    [t("computesChecksums"), yesOrNo(abilities.checksum)],
    [t("copiesFiles"), yesOrNo(abilities.copy)],
    [t("createsLinks"), yesOrNo(abilities.createLink)],
    ...(freeBytes === null ? [] : [[t("freeSpace"), sizeOf(freeBytes)] as const]),
  ];
}
