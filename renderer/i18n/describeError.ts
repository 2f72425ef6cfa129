import type { i18n } from "i18next";
import { AppError, type WireError } from "../../shared/errors/appError.ts";
import type { ErrorKind } from "../../shared/errors/errorKind.ts";

export type ErrorWords = {
  /** What happened, as a sentence. */
  readonly title: string;
  /** What to do next, as a sentence. */
  readonly wayOut: string;
  /** The server's or the system's own words, for the disclosure; null when there are none. */
  readonly detail: string | null;
};

/** An error as a user reads it. Accepts errors thrown by calls, errors from streams, and bare kinds from the queue. */
export function describeError(error: WireError | Error | ErrorKind, i18n: i18n): ErrorWords {
  const known = typeof error === "string" || "kind" in error ? error : new AppError("internal", error.message);
  const t = i18n.getFixedT(null, "errors");
  const kind = typeof known === "string" ? known : known.kind;
  return {
    title: t(`${kind}.title`),
    wayOut: t(`${kind}.wayOut`),
    detail: typeof known === "string" ? null : detailOf(known),
  };
}

function detailOf({ message, reply, command, path }: WireError | AppError): string | null {
  const lines = [path, command, reply ? `${reply.code} ${reply.text}` : message];
  return lines.filter((line) => line).join("\n") || null;
}
