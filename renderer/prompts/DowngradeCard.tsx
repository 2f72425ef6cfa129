import { ShieldAlert } from "lucide-react";
import { useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Answer, DowngradeQuestion } from "../../shared/models/prompt.ts";
import { Button } from "../ui/Button.tsx";
import { useCardFocus } from "./useCardFocus.ts";

export type DowngradeCardProps = {
  readonly question: DowngradeQuestion;
  readonly onAnswer: (answer: Answer) => void;
};

/** A server that used to encrypt no longer does. The safe answer has the focus. */
export function DowngradeCard({ question, onAnswer }: DowngradeCardProps) {
  const { t } = useTranslation("prompts");
  const id = useId();
  const safe = useRef<HTMLButtonElement>(null);
  useCardFocus(safe, "awaited");

  const host = question.port === 21 ? question.host : `${question.host}:${question.port}`;
  const decide = (proceeds: boolean) => () => onAnswer({ kind: "downgrade", proceeds });
  return (
    <div
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className="popup prompt"
      data-size="small"
      data-tone="danger"
      onKeyDown={(event) => event.key === "Escape" && decide(false)()}
    >
      <header className="prompt-head">
        <ShieldAlert size={18} aria-hidden />
        <h2 id={`${id}-title`} className="dialog-title">
          {t("downgradeTitle")}
        </h2>
      </header>
      <p id={`${id}-text`} className="prompt-text">
        {t("downgradeText", { host })}
      </p>
      <footer className="prompt-foot">
        <span className="prompt-gap" />
        <Button onClick={decide(true)}>{t("downgradeProceed")}</Button>
        <Button ref={safe} kind="primary" onClick={decide(false)}>
          {t("downgradeStop")}
        </Button>
      </footer>
    </div>
  );
}
