import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { WireError } from "../../shared/errors/appError.ts";
import { describeError } from "../i18n/describeError.ts";

export type ErrorNoteProps = {
  readonly error: WireError;
  /** Said before the sentence, e.g. what was tried. */
  readonly heading?: string;
};

/** An error where it happened: what, what to do, and the server's own words behind a disclosure. */
export function ErrorNote({ error, heading }: ErrorNoteProps) {
  const { t, i18n } = useTranslation("common");
  const words = describeError(error, i18n);
  return (
    <div className="error-note">
      <CircleAlert size={16} aria-hidden />
      <div className="error-note-words">
        {heading ? <p className="error-note-heading">{heading}</p> : null}
        <p className="error-note-title">{words.title}</p>
        <p>{words.wayOut}</p>
        {words.detail ? (
          <details>
            <summary>{t(error.reply ? "showServerAnswer" : "showDetails")}</summary>
            <pre className="mono selectable error-note-detail">{words.detail}</pre>
          </details>
        ) : null}
      </div>
    </div>
  );
}
