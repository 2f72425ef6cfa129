import { AppError } from "../../../../shared/errors/appError.ts";
import type { Encryption } from "../../../../shared/models/site.ts";
import type { Clock, SessionLog } from "../../ports.ts";
import type { OpenSessionOptions } from "../../sessions/remoteSession.ts";
import { type Features, offeredFacts, parseFeatures } from "../protocol/features.ts";
import { bearsPipelining, isPureFtpd, isVsftpd } from "../protocol/knownServers.ts";
import { parsePathReply } from "../protocol/pathReply.ts";
import { type PathSpelling, pathSpelling } from "../protocol/pathSpelling.ts";
import { type Reply, replyText } from "../protocol/replyParser.ts";
import type { TextCodec } from "../text/codec.ts";
import { errorFromReply } from "./classifyError.ts";
import type { ControlConnection } from "./controlConnection.ts";
import { protectionCommands } from "./dataProtection.ts";
import { identify, nameHost, runLoginCommands } from "./identify.ts";
import type { LoginLine } from "./loginLines.ts";
import { type Say, type Saying, sayAtOnce } from "./saidAtOnce.ts";
import type { TlsSession } from "./tls.ts";

export type LoginOptions = {
  readonly control: ControlConnection;
  readonly host: string;
  readonly encryption: Encryption;
  readonly loginLines: readonly LoginLine[];
  readonly loginCommands: readonly string[];
  readonly logins?: OpenSessionOptions["logins"];
  readonly sendsHost: boolean;
  /** The other end only passes the login on; it has to read it, and names and sites are not its own. */
  readonly isFtpProxy: boolean;
  readonly tls: TlsSession;
  readonly codec: TextCodec;
  readonly allowPlain: (signal: AbortSignal) => Promise<boolean>;
  readonly log: SessionLog;
  readonly timeoutMs: number;
  readonly clock: Clock;
};

export type LoggedIn = {
  readonly isEncrypted: boolean;
  readonly isDataProtected: boolean;
  /** The first line of SYST, "UNIX Type: L8"; null when the server keeps it to itself. */
  readonly system: string | null;
  readonly features: Features;
  readonly knowsFeat: boolean;
  /** See Link. */
  readonly listOption: string | null;
  /** See Link. */
  readonly mixesListings: boolean;
  /** How it wants paths, and which folder it opened. */
  readonly paths: PathSpelling;
  /** See Learnt. */
  readonly pipelines: boolean;
};

/**
 * From the greeting to a session ready for work (RFC 959 §5.4, RFC 4217 §12): greeting, AUTH TLS, PBSZ, PROT, HOST, USER, PASS, ACCT,
 * SYST, FEAT, OPTS, TYPE I, the site's own commands, PWD. Rejects with the kind of the refusal; nothing secret is sent before the encryption that was asked for.
 * Where this server bears pipelining and has taken the same login before, all that follows the encryption leaves in one segment.
 */
export async function logIn(options: LoginOptions, signal: AbortSignal): Promise<LoggedIn> {
  const { control, encryption, tls, isFtpProxy } = options;
  if (encryption === "tls-implicit") await encrypt(control, tls, signal);
  const greeting = await readGreeting(options, signal);
  const isExplicit = encryption === "tls-required" || encryption === "tls-if-available";
  const isEncrypted = encryption === "tls-implicit" || (isExplicit && !isFtpProxy && (await startTls(options, signal)));
  if (isExplicit && !isEncrypted) await acceptPlain(options, signal);
  const say = sayAtOnce(control, sayingsAhead(options, greeting, isEncrypted));
  const isProtectedEarly = isEncrypted && (await protectData(options, say, signal));
  // 230: already logged in. It must not let anybody skip the encryption (CVE-2021-22946).
  if (greeting.code !== 230 || isFtpProxy) {
    if (options.sendsHost && !isFtpProxy) await nameHost(options, options.host, signal);
    await identify({ codec: options.codec, say }, options.loginLines, signal);
  }
  control.phase = "session";
  const isDataProtected = isProtectedEarly || (isEncrypted && (await protectData(options, say, signal)));
  if (isEncrypted && !isDataProtected)
    throw new AppError("encryption-refused", "The server does not protect data connections");
  return { isEncrypted, isDataProtected, ...(await prepare(options, greeting, say, signal)) };
}

/** What is known to be asked and answered, once the greeting is the one that it was. Nothing that a server might not take to the end. */
function sayingsAhead(options: LoginOptions, greeting: Reply, isEncrypted: boolean): readonly Saying[] {
  const { logins, loginLines, codec, sendsHost, isFtpProxy } = options;
  const known = logins?.recall() ?? null;
  const isUsual = greeting.code === 220 && !sendsHost && !isFtpProxy && loginLines.length === 2; // USER and PASS
  if (known === null || known.greeting !== wordsOf(greeting) || !isUsual) return [];
  const asSayings = (commands: readonly string[]) => commands.map((line) => ({ line }));
  return [
    ...asSayings(isEncrypted ? protectionCommands : []),
    ...loginLines.map(({ line, shown }) => ({ line: codec.encode(line), shown: codec.encode(shown) })),
    ...asSayings(known.commands),
  ];
}

async function readGreeting({ control, codec, encryption }: LoginOptions, signal: AbortSignal): Promise<Reply> {
  const greeting = await control.greeting().finalReply(signal); // 120: ready in some minutes; then 220
  if (greeting.code >= 300) throw errorFromReply(greeting, { command: "", phase: "login", codec });
  if (!mayAnswerGreeting(greeting, encryption)) {
    throw new AppError("encryption-refused", "The server says that we are logged in before anything is encrypted", {
      reply: { code: greeting.code, text: codec.decode(replyText(greeting)) },
    });
  }
  return greeting;
}

/** AUTH TLS, else the older AUTH SSL, which means the same (RFC 4217 §4). False when neither is offered and plain is allowed. */
async function startTls(options: LoginOptions, signal: AbortSignal): Promise<boolean> {
  const { control, tls, encryption, codec } = options;
  for (const command of ["AUTH TLS", "AUTH SSL"]) {
    const reply = await control.post(command).finalReply(signal);
    if (startsTls(reply)) {
      await encrypt(control, tls, signal);
      return true;
    }
    if (command === "AUTH SSL" && encryption === "tls-required") {
      const { reply: facts, message } = errorFromReply(reply, { command, phase: "login", codec });
      throw new AppError("encryption-refused", message, { reply: facts, command });
    }
  }
  return false;
}

async function acceptPlain({ allowPlain, isFtpProxy, log }: LoginOptions, signal: AbortSignal): Promise<void> {
  const reason = isFtpProxy ? "Nothing is encrypted through an FTP proxy" : "The server offers no encryption";
  if (!(await allowPlain(signal))) throw new AppError("encryption-refused", reason);
  log.status(`${reason}; the password travels readable`);
}

/** The server agrees to AUTH and waits for the handshake; 334 is how some name the rest of the exchange (RFC 2228 §3). */
export function startsTls(reply: Reply): boolean {
  return reply.code === 234 || reply.code === 334;
}

/**
 * Whether a greeting may be answered. One that says "logged in" before the encryption that was asked for may come from somebody in
 * between (CVE-2021-22946).
 */
export function mayAnswerGreeting({ code }: Reply, encryption: Encryption): boolean {
  return code < 300 && !(code === 230 && encryption === "tls-required");
}

async function encrypt(control: ControlConnection, tls: TlsSession, signal: AbortSignal): Promise<void> {
  const plain = control.releaseSocket();
  try {
    control.resumeOn(await tls.secureControl(plain, signal));
  } catch (error) {
    plain.destroy();
    throw error;
  }
}

/** PBSZ 0, PROT P (RFC 4217 §8–9). False when the server wants the login first (530); any other refusal ends the session. */
async function protectData({ control, codec }: LoginOptions, say: Say, signal: AbortSignal): Promise<boolean> {
  for (const command of protectionCommands) {
    const reply = await say({ line: command }).finalReply(signal);
    if (reply.code === 530 && control.phase === "login") return false;
    if (reply.code < 400) continue;
    const { reply: facts, message } = errorFromReply(reply, { command, phase: "login", codec });
    throw new AppError("encryption-refused", message, { reply: facts, command });
  }
  return true;
}

async function prepare(options: LoginOptions, greeting: Reply, say: Say, signal: AbortSignal) {
  const { control, codec } = options;
  const asked: string[] = [];
  const ask = (command: string) => {
    asked.push(command);
    return say({ line: command }).finalReply(signal);
  };
  const syst = await ask("SYST");
  const offered = parseFeatures(await ask("FEAT"));
  const features: Features = offered ?? new Map();
  // RFC 2640 has it on; older servers want to be told. Where the user says that names are written otherwise, they must not hear it.
  if (features.has("UTF8") && codec.wantsUtf8) await ask("OPTS UTF8 ON");
  if (features.has("CLNT")) await ask("CLNT Portside"); // no RFC; some servers write it into their log
  const facts = factsToAskFor(features);
  if (facts !== null) await ask(`OPTS MLST ${facts}`);
  const typeReply = await ask("TYPE I");
  if (typeReply.code >= 400) throw errorFromReply(typeReply, { command: "TYPE I", phase: "session", codec });
  // vsftpd 3.0 hides names with a dot from LIST; it and Pure-FTPd 1.0 take byte 255 as it is, where Telnet wants it doubled.
  const onVsftpd = isVsftpd(typeReply);
  const onPureFtpd = isPureFtpd(typeReply);
  if (onVsftpd || onPureFtpd) control.byte255 = "literal";
  await runLoginCommands(options, options.loginCommands, signal);
  const pwd = await ask("PWD");
  const pipelines = bearsPipelining(greeting, typeReply);
  if (pipelines && options.loginCommands.length === 0) {
    options.logins?.note({ greeting: wordsOf(greeting), commands: asked });
  }
  const system = syst.code === 215 ? codec.decode(syst.lines[0] ?? "").trim() : null;
  return {
    system,
    features,
    knowsFeat: offered !== null,
    listOption: onVsftpd || onPureFtpd || passesOptionsOn(greeting) ? "-a" : null,
    mixesListings: onPureFtpd,
    pipelines,
    paths: pathSpelling(parsePathReply(pwd), system),
  };
}

/** Without its numbers, which change: "220-You are user number 3 of 50 allowed.", "220-Local time is now 18:13." (Pure-FTPd 1.0). */
function wordsOf(greeting: Reply): string {
  return replyText(greeting).replaceAll(/\d+/g, "#");
}

/** Servers that hand the options of LIST to `ls`, or do as it does: "220 host FTP server (Version wu-2.6.2(1) …) ready.", "220 ProFTPD Server". */
function passesOptionsOn(greeting: Reply): boolean {
  return /\b(?:wu-\d|ProFTPD|Pure-FTPd)/i.test(replyText(greeting));
}

const wantedFacts = [
  "type",
  "size",
  "modify",
  "unix.mode",
  "unix.owner",
  "unix.ownername",
  "unix.uid",
  "unix.group",
  "unix.groupname",
  "unix.gid",
];

/** OPTS MLST (RFC 3659 §7.9), only when the server offers a fact we show and does not send it by itself. */
function factsToAskFor(features: Features): string | null {
  const offered = offeredFacts(features);
  const wanted = wantedFacts.filter((fact) => offered.has(fact));
  return wanted.some((fact) => offered.get(fact) === false) ? `${wanted.join(";")};` : null;
}
