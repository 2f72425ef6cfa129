import { ArrowRight, FileWarning } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Answer, AnswerScope, ConflictAction, ConflictQuestion } from "../../shared/models/prompt.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { Button } from "../ui/Button.tsx";
import { RadioGroup } from "../ui/RadioGroup.tsx";
import { TextField } from "../ui/TextField.tsx";
import { compareSides, conflictActions, isFileName, splitPath } from "./conflictFacts.ts";
import { FileTile } from "./FileTile.tsx";
import { useCardFocus } from "./useCardFocus.ts";

export type ConflictCardProps = {
  readonly question: ConflictQuestion;
  /** Further conflicts of the same drop that wait. */
  readonly others: number;
  readonly onAnswer: (answer: Answer) => void;
};

const wordsOf = {
  overwrite: ["overwrite", "overwriteHint"],
  "overwrite-if-newer": ["overwriteIfNewer", "overwriteIfNewerHint"],
  "overwrite-if-size-differs": ["overwriteIfSizeDiffers", "overwriteIfSizeDiffersHint"],
  "overwrite-if-size-differs-or-newer": ["overwriteIfDifferent", "overwriteIfDifferentHint"],
  resume: ["resume", "resumeHint"],
  rename: ["rename", "renameHint"],
  skip: ["skip", "skipHint"],
} as const satisfies Record<ConflictAction, readonly [string, string]>;

/**
 * A file is already there: both side by side, seven ways out, and how far the answer reaches. "Skip" is chosen at first, so that a
 * stray Enter loses nothing; Escape puts the question aside without answering.
 */
export function ConflictCard({ question, others, onAnswer }: ConflictCardProps) {
  const { t } = useTranslation("prompts");
  const formats = useFormats();
  const id = useId();
  const card = useRef<HTMLDivElement>(null);
  const [action, setAction] = useState<ConflictAction>("skip");
  const [scope, setScope] = useState<AnswerScope>("this");
  const [typed, setTyped] = useState<{ readonly transferId: number; readonly name: string } | null>(null);
  useCardFocus(card, "sudden");

  const facts = compareSides(question);
  const target = splitPath(question.target.path);
  const newName = typed?.transferId === question.transferId ? typed.name : question.suggestedName;
  const asksName = action === "rename" && scope === "this";
  const isNameWrong = asksName && !isFileName(newName);

  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (isNameWrong) return;
    onAnswer({ kind: "conflict", action, scope, ...(asksName ? { newName: newName.trim() } : {}) });
  };

  return (
    <div
      ref={card}
      role="dialog"
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      className="popup prompt"
      onKeyDown={leaveOnEscape}
    >
      <form className="prompt-form" onSubmit={send}>
        <header className="prompt-head">
          <FileWarning size={18} aria-hidden />
          <h2 id={`${id}-title`} className="dialog-title">
            {t("conflictTitle")}
          </h2>
          {others === 0 ? null : <span className="prompt-others">{t("othersWaiting", { count: others })}</span>}
        </header>
        <p id={`${id}-text`} className="prompt-text">
          {t("conflictText", { name: target.name, folder: target.folder })}
        </p>
        <div className="conflict-files">
          <FileTile
            title={t("conflictSource")}
            file={question.source}
            isNewer={facts.newer === "source"}
            isBigger={facts.bigger === "source"}
          />
          <ArrowRight size={18} aria-hidden className="conflict-arrow" data-direction={question.direction} />
          <FileTile
            title={t("conflictTarget")}
            file={question.target}
            isNewer={facts.newer === "target"}
            isBigger={facts.bigger === "target"}
          />
        </div>
        <RadioGroup
          label={t("action")}
          className="conflict-actions"
          value={action}
          onChange={setAction}
          options={conflictActions.map((value) => ({
            value,
            label: t(wordsOf[value][0]),
            isDisabled: value === "resume" && !question.canResume,
            hint:
              value === "resume" && !question.canResume
                ? t("resumeImpossible")
                : value === "rename" && scope !== "this"
                  ? t("renameHintAll")
                  : t(wordsOf[value][1], { size: formats.size(question.target.size ?? 0) }),
          }))}
        />
        {asksName ? (
          <TextField
            label={t("newName")}
            value={newName}
            error={isNameWrong ? t("newNameInvalid") : undefined}
            onChange={(event) => setTyped({ transferId: question.transferId, name: event.target.value })}
          />
        ) : null}
        <footer className="prompt-foot">
          <RadioGroup
            label={t("scope")}
            className="conflict-scope"
            value={scope}
            onChange={setScope}
            options={[
              { value: "this", label: t("scopeThis") },
              { value: "batch", label: t("scopeBatch") },
              { value: "direction", label: question.direction === "upload" ? t("scopeUploads") : t("scopeDownloads") },
              { value: "always", label: question.direction === "upload" ? t("alwaysUploads") : t("alwaysDownloads") },
            ]}
          />
          <Button kind="primary" type="submit" disabled={isNameWrong}>
            {t("apply")}
          </Button>
        </footer>
      </form>
    </div>
  );
}

/** Escape gives the keyboard back to the window; the question stays, and nothing is overwritten or skipped by accident. */
function leaveOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  document.querySelector<HTMLElement>("[role=grid]")?.focus();
}
