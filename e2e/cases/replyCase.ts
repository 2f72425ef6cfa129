import * as z from "zod/mini";
import { isWhole } from "../../electron/engine/ftp/operations/retrieve.ts";
import { parseStatReply } from "../../electron/engine/ftp/operations/stat.ts";
import { parseFeatures } from "../../electron/engine/ftp/protocol/features.ts";
import {
  isSafeDataPort,
  parseExtendedPassiveReply,
  parsePassiveReply,
} from "../../electron/engine/ftp/protocol/passive.ts";
import { parsePathReply } from "../../electron/engine/ftp/protocol/pathReply.ts";
import { type Reply, replyParser, replyText } from "../../electron/engine/ftp/protocol/replyParser.ts";
import { parseSizeHint, parseSizeReply } from "../../electron/engine/ftp/protocol/sizeReply.ts";
import { parseModifiedReply } from "../../electron/engine/ftp/protocol/timestamps.ts";
import { kindOfReply } from "../../electron/engine/ftp/session/classifyError.ts";
import { asksForProtection, protectionCommands } from "../../electron/engine/ftp/session/dataProtection.ts";
import { mayAnswerGreeting, startsTls } from "../../electron/engine/ftp/session/login.ts";
import { textCodec } from "../../electron/engine/ftp/text/codec.ts";
import { assertNever } from "../../shared/assertNever.ts";
import { AppError } from "../../shared/errors/appError.ts";
import type { ErrorKind } from "../../shared/errors/errorKind.ts";
import { policyOf } from "../../shared/errors/policy.ts";

/** Long texts are folded. */
export const longText = z.union([
  z.string(),
  z.object({ pre: z.string(), repeat: z.string(), times: z.number(), post: z.string() }),
]);
const contextSchema = z.looseObject({
  peer: z.optional(z.string()),
  tls: z.optional(z.string()),
  dataBytes: z.optional(z.number()),
  size: z.optional(z.nullable(z.number())),
});

const kinds = [
  "framing",
  "greeting",
  "pasv",
  "epsv",
  "pwd",
  "mdtm",
  "size",
  "reply150",
  "feat",
  "mlst",
  "auth",
  "transfer-end",
] as const;

export const replyCaseSchema = z.object({
  id: z.string(),
  kind: z.enum(kinds),
  command: z.nullable(z.string()),
  context: contextSchema,
  chunks: z.array(longText),
});
export type ReplyCase = z.infer<typeof replyCaseSchema>;

const codec = textCodec({ encoding: "utf-8", speaksUtf8: true });

export function unfold(text: z.infer<typeof longText>): string {
  return typeof text === "string" ? text : text.pre + text.repeat.repeat(text.times) + text.post;
}

/** What the product makes of a case whose replies arrive in `chunks`, in the words of the case file. */
export function readReplyCase(
  { kind, command, context }: Omit<ReplyCase, "chunks">,
  chunks: readonly string[],
): Record<string, unknown> {
  const parser = replyParser();
  const replies: Reply[] = [];
  let sent = "";
  try {
    for (const chunk of chunks) {
      replies.push(...parser.push(Buffer.from(chunk, "latin1")));
      sent += chunk;
    }
  } catch (error) {
    const isLong = error instanceof AppError && error.message.includes("longer");
    const hint = error instanceof AppError && error.message.includes("implicit TLS") ? { hint: "implicit-tls" } : {};
    const isForeign = kind === "greeting";
    return { replies: [], rest: "", error: isLong ? "reply-too-long" : isForeign ? "not-ftp" : "protocol", ...hint };
  }
  const decoded = replies.map(({ code, lines }) => ({ code, lines: lines.map(codec.decode) }));
  const reply = replies[0] ?? { code: 0, lines: [] };
  const refused = reply.code >= 400 ? kindOfReply(reply.code, replyText(reply), command ?? "", "session") : null;
  switch (kind) {
    case "pasv":
    case "epsv":
      return readPassive(reply, kind, context.peer ?? "", refused);
    case "pwd": {
      const path = parsePathReply(reply);
      return { path: path === null ? null : codec.decode(path), error: path === null ? "bad-reply" : null };
    }
    case "mdtm": {
      const ms = parseModifiedReply(reply);
      const mtime = ms === null ? null : new Date(ms).toISOString().replace(".000Z", "Z");
      return {
        mtime,
        error: refused !== null ? nameOf(refused) : ms === null ? "bad-reply" : null,
      };
    }
    case "size": {
      const size = parseSizeReply(reply);
      // A folder and what is not there get the same code; SIZE is asked for what is there.
      const error = refused === null ? "bad-reply" : isAboutPath(refused) ? "not-a-file" : nameOf(refused);
      return { size: size === null ? null : String(size), error: size === null ? error : null };
    }
    case "reply150":
      return { sizeHint: parseSizeHint(reply), error: null };
    case "feat": {
      const features = parseFeatures(reply);
      return features === null
        ? { features, error: "unsupported" }
        : { features: Object.fromEntries(features), error: null };
    }
    case "mlst":
      return readMlst(reply, refused, command ?? "");
    case "auth":
      return readAuth(reply, replies.length, command ?? "", context.tls ?? "off");
    case "transfer-end":
      return readTransferEnd(replies, command ?? "", context);
    case "framing":
    case "greeting": {
      const isCut = context.then === "FIN";
      const solicited = kind === "framing" && command !== null ? decoded.slice(0, 1) : decoded;
      const unsolicited = decoded.length - solicited.length;
      return {
        replies: solicited,
        rest: isCut ? "" : sent.slice(sent.length - parser.pendingBytes),
        error: isCut ? "closed" : null,
        ...(unsolicited > 0 ? { unsolicited } : {}),
        ...(reply.code === 421 ? { connection: "closed-by-server" } : {}),
        ...(kind === "greeting" ? { next: nextStep(reply, refused) } : {}),
      };
    }
    default:
      return assertNever(kind);
  }
}

/** What the login says next (RFC 959 §5.4). */
function nextStep({ code }: Reply, refused: ErrorKind | null): string {
  if (refused !== null) return policyOf[refused].retry === "no" ? "give-up" : "retry-later";
  if (code === 230) return "skip-login";
  if (code === 331) return "PASS";
  return code === 332 ? "ACCT" : code < 200 ? "wait" : "login";
}

function readPassive(reply: Reply, kind: string, peer: string, refused: ErrorKind | null): Record<string, unknown> {
  if (refused !== null) {
    return { parsed: null, connect: null, error: refused === "service-unavailable" ? nameOf(refused) : "unsupported" };
  }
  const parsed = kind === "pasv" ? parsePassiveReply(reply) : parseExtendedPassiveReply(reply);
  if (parsed === null) return { parsed: null, connect: null, error: "bad-reply" };
  const shown = "host" in parsed ? { ip: parsed.host, port: parsed.port } : { port: parsed.port };
  const flags = "host" in parsed && parsed.host !== peer ? { flags: ["host-differs"] } : {};
  if (parsed.port === 0) return { parsed: shown, connect: null, error: "bad-reply", ...flags };
  if (!isSafeDataPort(parsed.port)) return { parsed: shown, connect: null, error: "unsafe-port", ...flags };
  return { parsed: shown, connect: { ip: peer, port: parsed.port }, error: null, ...flags };
}

function readMlst(reply: Reply, refused: ErrorKind | null, command: string): Record<string, unknown> {
  if (refused !== null) return { entry: null, error: nameOf(refused) };
  const stat = parseStatReply(reply);
  if (stat === null) return { entry: null, error: "bad-reply" };
  const { type, size, modifiedMs } = stat;
  const mtime = modifiedMs === null ? {} : { mtime: new Date(modifiedMs).toISOString().replace(".000Z", "Z") };
  return {
    entry: {
      name: command.replace(/^MLST /, ""),
      type: type === "directory" ? "dir" : type,
      ...(size === null ? {} : { size }),
      ...mtime,
    },
    error: null,
  };
}

/** What the login does with a reply before, at and after AUTH. */
function readAuth(reply: Reply, replies: number, command: string, tls: string): Record<string, unknown> {
  const isRequired = tls === "required";
  const abort = (error: string) => ({ action: "abort", error });
  const goOn = { action: "continue", error: null };
  if (command === "(greeting)") {
    return mayAnswerGreeting(reply, isRequired ? "tls-required" : "tls-if-available") ? goOn : abort("tls-required");
  }
  if (command.startsWith("AUTH")) {
    if (reply.code === 421) return abort("closed-by-server");
    if (!startsTls(reply)) return isRequired ? abort("tls-required") : goOn;
    // What comes between the 234 and the handshake may have been slipped in (CVE-2021-22947).
    return replies > 1 ? abort("protocol") : { action: "start-tls", error: null };
  }
  if (reply.code < 400) return goOn;
  if (/^(?:PBSZ|PROT)/.test(command)) return abort("tls-required");
  const isTransfer = /^(?:RETR|STOR|APPE|LIST|NLST|MLSD)\b/.test(command);
  if (isTransfer && asksForProtection(reply)) return { action: `retry-with-${protectionCommands.at(-1)}`, error: null };
  const kind = kindOfReply(reply.code, replyText(reply), command, "login");
  return abort(kind === "encryption-refused" ? "tls-required-by-server" : kind);
}

/** How a transfer has ended: the final reply first, then the count of bytes. */
function readTransferEnd(
  replies: readonly Reply[],
  command: string,
  { dataBytes = 0, size = null }: ReplyCase["context"],
): Record<string, unknown> {
  const index = replies.findIndex(({ code }) => code >= 200);
  const final = replies[index];
  if (final === undefined) return { result: "partial", error: "closed", resume: true };
  const extra = replies.length - index - 1;
  const unsolicited = extra > 0 ? { unsolicited: extra } : {};
  if (final.code >= 400) return { ...readRefusedTransfer(final, command), ...unsolicited };
  const isDownload = command.startsWith("RETR");
  if (!isDownload || isWhole(dataBytes, size)) return { result: "success", error: null, ...unsolicited };
  const isTooMuch = size !== null && dataBytes > size;
  return { result: isTooMuch ? "suspect" : "partial", error: "size-mismatch", resume: !isTooMuch, ...unsolicited };
}

function readRefusedTransfer(reply: Reply, command: string): Record<string, unknown> {
  const kind = kindOfReply(reply.code, replyText(reply), command, "session");
  if (kind === "transfer-aborted") return { result: "partial", error: nameOf(kind), resume: true };
  return { result: "failed", error: nameOf(kind), retry: policyOf[kind].retry !== "no" };
}

/** The product's kinds in the words of the case file. */
function nameOf(kind: ErrorKind): string {
  const names: Readonly<Partial<Record<ErrorKind, string>>> = {
    "transfer-aborted": "aborted",
    "remote-full": "remote-disk-full",
    "permission-denied": "permission",
    "service-unavailable": "closed-by-server",
    "unsupported-command": "unsupported",
  };
  return names[kind] ?? kind;
}

function isAboutPath(kind: ErrorKind): boolean {
  return kind === "not-found" || kind === "permission-denied" || kind === "not-a-directory";
}
