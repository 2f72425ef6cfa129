import * as z from "zod/mini";
import { type ErrorKind, errorKindSchema } from "./errorKind.ts";

/** A server's reply as it stands in an error: the code and its own sentence. RFC 959 §4.2. */
export type ReplyText = { readonly code: number; readonly text: string };

export type AppErrorFacts = {
  /** The server's own words, when a reply caused the error. */
  readonly reply?: ReplyText | undefined;
  /** The command outstanding when it happened, secrets masked. */
  readonly command?: string | undefined;
  /** The path it is about, as a user would read it. */
  readonly path?: string | undefined;
  readonly cause?: unknown;
};

/** The one error type that crosses module borders. `message` is for the log; users read a sentence chosen by `kind`. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly reply: ReplyText | undefined;
  readonly command: string | undefined;
  readonly path: string | undefined;

  constructor(kind: ErrorKind, message: string, facts: AppErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "AppError";
    this.kind = kind;
    this.reply = facts.reply;
    this.command = facts.command;
    this.path = facts.path;
  }
}

/** How an AppError crosses the wire: the cause and the stack stay behind. */
export const wireErrorSchema = z.object({
  kind: errorKindSchema,
  message: z.string(),
  reply: z.optional(z.object({ code: z.number(), text: z.string() })),
  command: z.optional(z.string()),
  path: z.optional(z.string()),
});

export type WireError = z.infer<typeof wireErrorSchema>;

/** Anything thrown, as an AppError: what is not one already is `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError("internal", message, { cause: thrown });
}

export function toWireError(thrown: unknown): WireError {
  const { kind, message, reply, command, path } = toAppError(thrown);
  return {
    kind,
    message,
    ...(reply ? { reply } : {}),
    ...(command === undefined ? {} : { command }),
    ...(path === undefined ? {} : { path }),
  };
}

export function fromWireError(error: WireError): AppError {
  return new AppError(error.kind, error.message, error);
}
