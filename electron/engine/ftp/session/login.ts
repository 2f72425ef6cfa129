import { AppError } from "../../../../shared/errors/appError.ts";
import type { Encryption } from "../../../../shared/models/site.ts";
import type { Clock, SessionLog } from "../../ports.ts";
import type { Login } from "../../sessions/remoteSession.ts";
import { type Features, offeredFacts, parseFeatures } from "../protocol/features.ts";
import { bearsPipelining, isVsftpd } from "../protocol/knownServers.ts";
import { parsePathReply } from "../protocol/pathReply.ts";
import { type Reply, replyText } from "../protocol/replyParser.ts";
import type { TextCodec } from "../text/codec.ts";
import { errorFromReply } from "./classifyError.ts";
import type { ControlConnection } from "./controlConnection.ts";
import type { TlsSession } from "./tls.ts";

export type LoginOptions = {
  readonly control: ControlConnection;
  readonly encryption: Encryption;
  readonly login: Login;
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
  /** See Learnt. */
  readonly pipelines: boolean;
  /** Wire path of the folder the server opened. */
  readonly startFolder: string;
};

/**
 * From the greeting to a session ready for work (RFC 959 §5.4, RFC 4217 §12): greeting, AUTH TLS, PBSZ, PROT, USER, PASS, ACCT, SYST,
 * FEAT, OPTS, TYPE I, PWD. Rejects with the kind of the refusal; nothing secret is sent before the encryption that was asked for.
 */
export async function logIn(options: LoginOptions, signal: AbortSignal): Promise<LoggedIn> {
  const { control, encryption, tls } = options;
  if (encryption === "tls-implicit") await encrypt(control, tls, signal);
  const greeting = await readGreeting(options, signal);
  const isExplicit = encryption === "tls-required" || encryption === "tls-if-available";
  const isEncrypted = encryption === "tls-implicit" || (isExplicit && (await startTls(options, signal)));
  if (isExplicit && !isEncrypted) await acceptPlain(options, signal);
  const isProtectedEarly = isEncrypted && (await protectData(options, signal));
  // 230: already logged in. It must not let anybody skip the encryption (CVE-2021-22946).
  if (greeting.code !== 230) await identify(options, signal);
  control.phase = "session";
  const isDataProtected = isProtectedEarly || (isEncrypted && (await protectData(options, signal)));
  if (isEncrypted && !isDataProtected)
    throw new AppError("encryption-refused", "The server does not protect data connections");
  return { isEncrypted, isDataProtected, ...(await prepare(options, greeting, signal)) };
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

async function acceptPlain({ allowPlain, log }: LoginOptions, signal: AbortSignal): Promise<void> {
  if (!(await allowPlain(signal))) throw new AppError("encryption-refused", "The server offers no encryption");
  log.status("The server offers no encryption; the password travels readable");
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
async function protectData({ control, codec }: LoginOptions, signal: AbortSignal): Promise<boolean> {
  for (const command of ["PBSZ 0", "PROT P"]) {
    const reply = await control.post(command).finalReply(signal);
    if (reply.code === 530 && control.phase === "login") return false;
    if (reply.code < 400) continue;
    const { reply: facts, message } = errorFromReply(reply, { command, phase: "login", codec });
    throw new AppError("encryption-refused", message, { reply: facts, command });
  }
  return true;
}

/** USER, PASS, ACCT as far as the server asks for them (RFC 959 §5.4, figure). */
async function identify({ control, login, codec }: LoginOptions, signal: AbortSignal): Promise<void> {
  const send = async (command: string) => {
    const reply = await control.post(command).finalReply(signal);
    if (reply.code >= 400) throw errorFromReply(reply, { command, phase: "login", codec });
    return reply;
  };
  let reply = await send(`USER ${codec.encode(login.user)}`);
  if (reply.code === 331) reply = await send(`PASS ${codec.encode(login.password)}`);
  if (reply.code === 332) {
    if (login.account === null || login.account === "") {
      throw new AppError("account-required", "The server asks for an account", {
        reply: { code: reply.code, text: codec.decode(replyText(reply)) },
      });
    }
    reply = await send(`ACCT ${codec.encode(login.account)}`);
  }
  if (reply.code >= 300) throw new AppError("unexpected-reply", `Unexpected reply ${reply.code} to the login`);
}

async function prepare({ control, codec }: LoginOptions, greeting: Reply, signal: AbortSignal) {
  const ask = (command: string) => control.post(command).finalReply(signal);
  const syst = await ask("SYST");
  const offered = parseFeatures(await ask("FEAT"));
  const features: Features = offered ?? new Map();
  if (features.has("UTF8")) await ask("OPTS UTF8 ON"); // RFC 2640 has it on; older servers want to be told
  if (features.has("CLNT")) await ask("CLNT Portside"); // no RFC; some servers write it into their log
  const facts = factsToAskFor(features);
  if (facts !== null) await ask(`OPTS MLST ${facts}`);
  const typeReply = await ask("TYPE I");
  if (typeReply.code >= 400) throw errorFromReply(typeReply, { command: "TYPE I", phase: "session", codec });
  const hidesDotNames = isVsftpd(typeReply);
  if (isVsftpd(typeReply)) control.byte255 = "literal";
  const path = parsePathReply(await ask("PWD"));
  return {
    system: syst.code === 215 ? codec.decode(syst.lines[0] ?? "").trim() : null,
    features,
    knowsFeat: offered !== null,
    listOption: hidesDotNames ? "-a" : null,
    pipelines: bearsPipelining(greeting, typeReply),
    startFolder: path?.startsWith("/") ? path : "/",
  };
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
