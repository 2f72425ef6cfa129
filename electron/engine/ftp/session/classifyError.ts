import { AppError } from "../../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../../shared/errors/errorKind.ts";
import { maskCommand } from "../protocol/commandLine.ts";
import { type Reply, replyText } from "../protocol/replyParser.ts";
import type { TextCodec } from "../text/codec.ts";

/** Replies mean different things before and after login. */
export type Phase = "login" | "session";

/** A refusal (4yz, 5yz) as an error: kind by code, command and, where a code says too little, the server's own sentence. */
export function errorFromReply(
  reply: Reply,
  { command, phase, codec, path }: { command: string; phase: Phase; codec: TextCodec; path?: string | undefined },
): AppError {
  const text = codec.decode(replyText(reply));
  const shown = codec.decode(maskCommand(command));
  return new AppError(
    kindOfReply(reply.code, text, command, phase),
    `${shown === "" ? "" : `${shown}: `}${reply.code} ${text}`,
    {
      reply: { code: reply.code, text },
      command: shown,
      path: path === undefined ? undefined : codec.decode(path),
    },
  );
}

const saysTooMany =
  /too many|maximum|max\.|limit|already connected|no more (?:connections|users)|users? (?:are|is) (?:already )?(?:logged|connected)/i;
/** "530 Non-anonymous sessions must use encryption." (vsftpd), "550 SSL/TLS required on the control channel" (ProFTPD), "421 Sorry, cleartext sessions …" (Pure-FTPd), "Use AUTH first." (FileZilla Server). */
const saysEncryption =
  /(?:must|have to|required? to) use (?:encryption|\S*(?:tls|ssl))|(?:tls|ssl|encryption|secure connection)[^.]{0,20} (?:required|mandatory)|requires? (?:an? )?(?:tls|ssl|encrypt|secure)|cleartext|use auth first/i;
const saysBadName = /(?:illegal|invalid|bad).{0,12} (?:file)?name|name (?:is )?(?:too long|not allowed)/i;
const saysQuota = /quota|disk full|no space|insufficient (?:disk|storage)|not enough space/i;

/** RFC 959 §4.2.2, RFC 2228 §7, RFC 2428 §2; the first mapping of architecture.md §5. */
export function kindOfReply(code: number, text: string, command: string, phase: Phase): ErrorKind {
  const isLogin = phase === "login";
  if (isLogin && code >= 400 && saysEncryption.test(text)) return "encryption-refused";
  if (command === "" && code !== 421 && code !== 530)
    return saysTooMany.test(text) ? "too-many-connections" : "service-unavailable";
  if (code >= 600) return "unexpected-reply"; // RFC 2228 §5: a protected reply, which nobody asked for
  switch (code) {
    case 421:
      return saysTooMany.test(text) || (isLogin && !/time-?out|shut|maintenance/i.test(text))
        ? "too-many-connections"
        : "service-unavailable";
    case 425:
      return "data-connection-failed";
    case 426:
      return "transfer-aborted";
    case 430:
      return "login-rejected";
    case 530:
      return saysTooMany.test(text) ? "too-many-connections" : "login-rejected";
    case 532:
    case 332:
      return "account-required";
    case 522:
    case 533:
    case 534:
    case 535:
    case 536:
      return "encryption-refused";
    case 450:
    case 451:
      if (saysQuota.test(text)) return "remote-full";
      // Pure-FTPd 1.0: "451 Rename/move failure: Permission denied"; trying again would not help.
      return /permission denied/i.test(text) ? "permission-denied" : "busy";
    case 452:
    case 552:
      return "remote-full";
    case 501: // z/OS: `501 Invalid data set name "x".  Use MVS Dsname conventions.`; RFC 959: a mistake in the parameters
      return saysBadName.test(text) ? "name-not-allowed" : "unsupported-command";
    case 500:
    case 502:
    case 503:
    case 504:
      return "unsupported-command";
    case 521: // "directory already exists" (RFC 1123 and BSD servers, answer to MKD)
      return verbOf(command) === "MKD" ? "already-exists" : kindOfText(text, command);
    case 554: // RFC 3659 §5.2: the REST before it cannot be
      return "resume-refused";
    case 550:
    case 551:
    case 553:
      return kindOfText(text, command, code);
    default:
      if (isLogin && code >= 500) return "login-rejected";
      return code >= 400 && code < 500 ? "busy" : code >= 500 ? kindOfText(text, command, code) : "unexpected-reply";
  }
}

/** 550 says no more than "no". The sentence usually tells, in English at least; else the command does. */
function kindOfText(text: string, command: string, code = 550): ErrorKind {
  if (saysQuota.test(text)) return "remote-full";
  if (/not empty|non-?empty/i.test(text)) return "directory-not-empty";
  if (/already exists|file exists|directory exists/i.test(text)) return "already-exists";
  if (/not a directory|is a (?:regular )?file/i.test(text)) return "not-a-directory";
  if (/no such|not found|does ?n[o']t exist|cannot find|could ?n[o']t find|non-?existent/i.test(text))
    return "not-found";
  if (saysBadName.test(text)) return "name-not-allowed";
  if (/denied|permission|not permitted|not allowed|read-?only|forbidden|unauthori[sz]ed|privilege/i.test(text))
    return "permission-denied";
  // vsftpd 3: "553 Could not create file." when the folder is not writable.
  if (/could ?n[o']t create|cannot create/i.test(text)) return "permission-denied";
  if (code === 551 || code === 553) return "name-not-allowed";
  return kindOfVerb(verbOf(command));
}

/** A bare "550 Failed": reading fails because nothing is there, changing because it is not allowed. */
function kindOfVerb(verb: string): ErrorKind {
  const isChange = ["STOR", "APPE", "STOU", "MKD", "XMKD", "DELE", "RMD", "XRMD", "RNTO", "SITE", "MFMT"].includes(
    verb,
  );
  return isChange ? "permission-denied" : "not-found";
}

export function verbOf(command: string): string {
  return (command.split(" ", 1)[0] ?? "").toUpperCase();
}

/** What the system said about a socket, as an error. `during`: for the log ("connecting to example.com:21"). */
export function errorFromSocket(thrown: unknown, during: string, otherwise: ErrorKind): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError(kindOfSocketCode(socketCode(thrown)) ?? otherwise, `${during}: ${message}`, { cause: thrown });
}

function kindOfSocketCode(code: string): ErrorKind | null {
  if (code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO") return "tls-failed";
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_NODATA":
    case "EAI_NONAME":
    case "EAI_FAIL":
      return "host-not-found";
    case "ECONNREFUSED":
      return "connection-refused";
    case "ETIMEDOUT":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EHOSTDOWN":
    case "ENETDOWN":
      return "connection-timeout";
    case "ECONNRESET":
    case "EPIPE":
    case "ECONNABORTED":
      return "connection-lost";
    default:
      return null;
  }
}

/** Happy Eyeballs wraps one error per address; the last one tried speaks for all. */
function socketCode(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return socketCode(thrown.errors.at(-1));
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : "";
  return typeof code === "string" ? code : "";
}
