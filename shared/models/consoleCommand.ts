import * as z from "zod/mini";

/**
 * What becomes of a command line typed into the console. "list": its answer comes over a data connection, as text. "confirm": it
 * changes or deletes, or nobody knows what it does: ask first. "refuse": it would take the session out of Portside's hands.
 */
export type Verdict =
  | { readonly kind: "run" | "list" | "confirm" }
  | { readonly kind: "refuse"; readonly reason: RefusalReason };

export const refusalReasons = [
  /** Who is logged in is the site's business; a password typed here would stand in the history. */
  "login",
  /** The session is encrypted as the site says from its beginning. */
  "encryption",
  /** CCC: everything after it, names and all, would travel readable. RFC 4217 §6. */
  "clear-channel",
  /** A data connection that nobody opens or reads. */
  "data-connection",
  /** Files go through the queue. */
  "transfer",
  /** REST and RANG would count for the next transfer that Portside begins. */
  "position",
  /** Type, structure, mode, names and facts other than those Portside reads by. */
  "representation",
  /** ABOR, QUIT, REIN: ends what Portside leads. */
  "session",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** The whole conversation about one line. Texts are decoded for people, lines joined by "\n". */
export const consoleAnswerSchema = z.object({
  replies: z.array(z.object({ code: z.number(), text: z.string() })),
  /** What came over the data connection; null for a command without one. */
  data: z.nullable(z.string()),
});
export type ConsoleAnswer = z.infer<typeof consoleAnswerSchema>;

/** Judges a line by its command alone; says nothing about whether the server knows it. */
export function judgeCommand(line: string): Verdict {
  const { verb, argument } = splitCommand(line);
  if (isPlainSetting(verb, argument)) return { kind: "run" };
  const reason = reasonOf(verb, argument);
  if (reason !== undefined) return { kind: "refuse", reason };
  if (listings.has(verb)) return { kind: "list" };
  return { kind: isHarmless(verb, argument) ? "run" : "confirm" };
}

/** " dele a b" → DELE, "a b". Blanks at the end belong to the name. */
export function splitCommand(line: string): { readonly verb: string; readonly argument: string } {
  const [, verb = "", argument = ""] = /^\s*(\S*)(?:\s(.*))?$/s.exec(line) ?? [];
  return { verb: verb.toUpperCase(), argument };
}

const listings = new Set(["LIST", "NLST", "MLSD"]);

const harmless = new Set(
  (
    "CWD XCWD CDUP XCUP PWD XPWD ALLO SYST STAT HELP NOOP FEAT OPTS LANG CLNT CSID MLST SIZE MDTM AVBL DSIZ " +
    "HASH MD5 MMD5 XCRC XMD5 XSHA XSHA1 XSHA256 XSHA512"
  ).split(" "),
);
const harmlessOfSite = new Set(["HELP", "WHO", "ZONE"]);

const refused = new Map<string, RefusalReason>([
  ...each("login", "USER PASS ACCT HOST"),
  ...each("encryption", "AUTH ADAT PBSZ PROT MIC CONF ENC"),
  ...each("clear-channel", "CCC"),
  ...each("data-connection", "PORT PASV EPRT EPSV LPRT LPSV SPSV CPSV SSCN"),
  ...each("transfer", "RETR STOR STOU APPE THMB"),
  ...each("position", "REST RANG"),
  ...each("representation", "TYPE STRU MODE"),
  ...each("session", "ABOR QUIT BYE REIN"),
]);

function each(reason: RefusalReason, verbs: string): readonly (readonly [string, RefusalReason])[] {
  return verbs.split(" ").map((verb) => [verb, reason] as const);
}

function reasonOf(verb: string, argument: string): RefusalReason | undefined {
  // Names are read as UTF-8 and facts as asked for at login; without them listings would be misread.
  if (verb === "OPTS" && /^\s*(?:UTF-?8|UTF8|MLST|MODE)\b/i.test(argument)) return "representation";
  return refused.get(verb);
}

/** What is in force anyway: TYPE I, STRU F, MODE S. RFC 959 §3.1. */
function isPlainSetting(verb: string, argument: string): boolean {
  const value = argument.trim().toUpperCase();
  return (verb === "TYPE" && value === "I") || (verb === "STRU" && value === "F") || (verb === "MODE" && value === "S");
}

function isHarmless(verb: string, argument: string): boolean {
  if (verb === "SITE") return harmlessOfSite.has(splitCommand(argument).verb);
  if (verb === "MDTM" && /^\s*\d{14}(?:\.\d+)?\s/.test(argument)) return false; // the form that sets the time
  return harmless.has(verb);
}
