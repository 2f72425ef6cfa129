import { KeyRound } from "lucide-react";
import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Answer, PasswordQuestion } from "../../shared/models/prompt.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";
import { useCardFocus } from "./useCardFocus.ts";

export type PasswordCardProps = {
  readonly question: PasswordQuestion;
  readonly onAnswer: (answer: Answer) => void;
};

/** A server asks for a password that is not stored. It goes to the engine and nowhere else. */
export function PasswordCard({ question, onAnswer }: PasswordCardProps) {
  const { t } = useTranslation("prompts");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [password, setPassword] = useState("");
  useCardFocus(field, "awaited");

  const { siteName: site, user, host } = question;
  const cancel = (): void => onAnswer({ kind: "password", password: null });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    onAnswer({ kind: "password", password });
  };
  return (
    <div
      role="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className="popup prompt"
      data-size="small"
      onKeyDown={(event) => event.key === "Escape" && cancel()}
    >
      <form className="prompt-form" onSubmit={send}>
        <header className="prompt-head">
          <KeyRound size={18} aria-hidden />
          <h2 id={`${id}-title`} className="dialog-title">
            {t("passwordTitle")}
          </h2>
        </header>
        <p id={`${id}-text`} className="prompt-text">
          {user === "" ? t("passwordTextNoUser", { site, host }) : t("passwordText", { site, user, host })}
        </p>
        <TextField
          ref={field}
          type="password"
          label={t("password")}
          hint={t("passwordNote")}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <footer className="prompt-foot">
          <span className="prompt-gap" />
          <Button onClick={cancel}>{t("cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("passwordSend")}
          </Button>
        </footer>
      </form>
    </div>
  );
}
