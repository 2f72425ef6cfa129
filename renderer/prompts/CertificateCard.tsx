import { ShieldAlert, ShieldQuestion } from "lucide-react";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { assertNever } from "../../shared/assertNever.ts";
import type { Answer, AnswerTo, CertificateQuestion, CertificateReason } from "../../shared/models/prompt.ts";
import { Button } from "../ui/Button.tsx";
import { CertificateTable } from "./CertificateTable.tsx";
import { useCardFocus } from "./useCardFocus.ts";

export type CertificateCardProps = {
  readonly question: CertificateQuestion;
  readonly onAnswer: (answer: Answer) => void;
};

/** A certificate that nobody vouches for. A changed one looks and reads otherwise than a new one: there "Reject" is at hand. */
export function CertificateCard({ question, onAnswer }: CertificateCardProps) {
  const { t } = useTranslation("prompts");
  const id = useId();
  const card = useRef<HTMLDivElement>(null);
  const rejectButton = useRef<HTMLButtonElement>(null);
  const isChanged = question.reasons.includes("changed");
  useCardFocus(isChanged ? rejectButton : card, "awaited");

  const decide = (decision: AnswerTo<"certificate">["decision"]) => () => onAnswer({ kind: "certificate", decision });
  const host = question.port === 21 ? question.host : `${question.host}:${question.port}`;
  const Glyph = isChanged ? ShieldAlert : ShieldQuestion;
  return (
    <div
      ref={card}
      role="alertdialog"
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className="popup prompt"
      data-tone={isChanged ? "danger" : undefined}
      onKeyDown={(event) => event.key === "Escape" && decide("reject")()}
    >
      <header className="prompt-head">
        <Glyph size={18} aria-hidden />
        <h2 id={`${id}-title`} className="dialog-title">
          {isChanged ? t("certificateChangedTitle") : t("certificateTitle")}
        </h2>
      </header>
      <p id={`${id}-text`} className="prompt-text">
        {isChanged ? t("certificateChangedText", { host }) : t("certificateText", { host })}
      </p>
      <section aria-label={t("reasons")}>
        <h3 className="field-label">{t("reasons")}</h3>
        <ul className="prompt-reasons">
          {question.reasons.map((reason) => (
            <li key={reason}>{reasonWords(reason, t)}</li>
          ))}
        </ul>
      </section>
      <CertificateTable
        certificates={
          question.previous
            ? [
                { heading: t("certificateBefore"), certificate: question.previous },
                { heading: t("certificateNow"), certificate: question.certificate },
              ]
            : [{ heading: null, certificate: question.certificate }]
        }
      />
      <footer className="prompt-foot">
        <Button onClick={decide("trust-once")}>{t("trustOnce")}</Button>
        <Button onClick={decide("trust-always")}>{t("trustAlways")}</Button>
        <span className="prompt-gap" />
        <Button ref={rejectButton} kind={isChanged ? "primary" : "normal"} onClick={decide("reject")}>
          {t("reject")}
        </Button>
      </footer>
    </div>
  );
}

function reasonWords(reason: CertificateReason, t: ReturnType<typeof useTranslation<"prompts">>["t"]): string {
  switch (reason) {
    case "self-signed":
      return t("reasonSelfSigned");
    case "unknown-issuer":
      return t("reasonUnknownIssuer");
    case "expired":
      return t("reasonExpired");
    case "not-yet-valid":
      return t("reasonNotYetValid");
    case "wrong-host":
      return t("reasonWrongHost");
    case "changed":
      return t("reasonChanged");
    case "other":
      return t("reasonOther");
    default:
      return assertNever(reason);
  }
}
