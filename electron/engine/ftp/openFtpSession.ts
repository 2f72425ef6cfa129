import { isIP } from "node:net";
import { AppError, toAppError } from "../../../shared/errors/appError.ts";
import { factNames, nothingKnown, type ServerFacts } from "../../../shared/models/serverFacts.ts";
import type { OpenSession, OpenSessionOptions } from "../sessions/remoteSession.ts";
import { ftpSession } from "./ftpSession.ts";
import { encodeCommand } from "./protocol/commandLine.ts";
import { allocateBuffers, type BufferPair } from "./session/byteBuffers.ts";
import { type ControlConnection, controlConnection } from "./session/controlConnection.ts";
import { authorityOf, plainAddress } from "./session/dataAddress.ts";
import { dial } from "./session/dial.ts";
import type { Link } from "./session/link.ts";
import { type LoggedIn, logIn } from "./session/login.ts";
import { type LoginLine, loginLines } from "./session/loginLines.ts";
import { type TlsSession, tlsSession } from "./session/tls.ts";
import { type TextCodec, textCodec } from "./text/codec.ts";

/**
 * Connects to an FTP server (RFC 959), encrypts as asked (RFC 4217) and logs in. Rejects with `host-not-found`, `connection-refused`,
 * `connection-timeout`, `proxy-failed`, `proxy-login-rejected`, `tls-failed`, `encryption-refused`, `certificate-untrusted`, `login-rejected`, `account-required`,
 * `too-many-connections`, `service-unavailable`, `invalid-input` (before anything is sent) or `cancelled`, and leaves no socket behind.
 */
export const openFtpSession: OpenSession = async (options, signal) => {
  const { timeoutMs, clock, log, proxy, ftpProxy } = options;
  let codec = textCodec({ encoding: options.encoding, speaksUtf8: true });
  const lines = loginLines(options.login, ftpProxy, options);
  checkLogin(options, lines, codec);
  const tls = tlsSession(options);
  const { host, port } = ftpProxy ?? options;
  log.status(describeRoute(options));
  const socket = await dial({ host, port, timeoutMs, clock, proxy, keepsAlive: true }, signal);
  const serverAddress = addressOf(proxy === null ? (socket.remoteAddress ?? host) : host);
  const control = controlConnection(socket, { timeoutMs, clock, log, codec: () => codec });
  try {
    const isFtpProxy = ftpProxy !== null;
    const loggedIn = await logIn({ ...options, control, tls, codec, loginLines: lines, isFtpProxy }, signal);
    codec = textCodec({ encoding: options.encoding, speaksUtf8: loggedIn.features.has("UTF8") });
    log.status(describeLogin(loggedIn, tls));
    const link = assembleLink(options, { control, serverAddress, tls, codec, loggedIn });
    Object.assign(link.learnt, options.facts?.recall());
    return ftpSession(options.label, loggedIn, link, learntKeeper(link, options));
  } catch (error) {
    control.close(toAppError(error));
    throw error;
  }
};

/** What cannot work is refused before connecting: a line break in a user name or password, which would become a command of its own. */
function checkLogin({ ftpProxy, encryption }: OpenSessionOptions, lines: readonly LoginLine[], codec: TextCodec): void {
  for (const { line } of lines) encodeCommand(codec.encode(line));
  if (lines.length === 0) throw new AppError("invalid-input", "The login sequence of the FTP proxy has no line to say");
  const demandsTls = encryption === "tls-required" || encryption === "tls-implicit";
  if (ftpProxy === null || !demandsTls) return;
  throw new AppError(
    "encryption-refused",
    "An FTP proxy has to read the login, so nothing is encrypted through it. Let this site bypass the proxy.",
  );
}

function describeRoute({ host, port, proxy, ftpProxy }: OpenSessionOptions): string {
  const relay = ftpProxy === null ? "" : ` through the FTP proxy ${authorityOf(ftpProxy.host, ftpProxy.port)}`;
  const through =
    proxy === null ? "" : ` through the ${proxyNames[proxy.kind]} proxy ${authorityOf(proxy.host, proxy.port)}`;
  return `Connecting to ${authorityOf(host, port)}${relay}${through}`;
}

const proxyNames = { socks4a: "SOCKS 4a", socks5: "SOCKS 5", http: "HTTP" };

type Parts = {
  readonly control: ControlConnection;
  readonly serverAddress: string | null;
  readonly tls: TlsSession;
  readonly codec: TextCodec;
  readonly loggedIn: LoggedIn;
};

function assembleLink(options: OpenSessionOptions, parts: Parts): Link {
  const { timeoutMs, clock, log, dataConnections, proxy, ftpProxy } = options;
  const { control, serverAddress, tls, codec, loggedIn } = parts;
  let buffers: BufferPair | null = null;
  return {
    control,
    host: (ftpProxy ?? options).host,
    serverAddress,
    proxy,
    timeoutMs,
    clock,
    log,
    codec,
    compresses: options.compresses ?? false,
    dataConnections,
    tls: loggedIn.isEncrypted ? tls : null,
    isDataProtected: loggedIn.isDataProtected,
    features: loggedIn.features,
    knowsFeat: loggedIn.knowsFeat,
    system: loggedIn.system,
    paths: loggedIn.paths,
    listOption: loggedIn.listOption,
    zoneOffsetMinutes: options.zoneOffsetMinutes ?? null,
    mixesListings: loggedIn.mixesListings,
    speed: options.speed,
    buffers: () => {
      buffers ??= allocateBuffers();
      return buffers;
    },
    learnt: {
      ...nothingKnown,
      wayInUse: null,
      refusedWays: new Set(),
      isRestartPending: false,
      hasAskedForZone: false,
      representation: "I", // by login
      mode: "S",
      refusesCompression: false,
      pipelines: loggedIn.pipelines,
      passiveAhead: null,
    },
  };
}

/** Tells what is new, and only that: when the user has a server's facts forgotten, a session from before does not bring them back. */
function learntKeeper({ learnt }: Link, { facts }: OpenSessionOptions): () => void {
  let told: ServerFacts = pickFacts(learnt);
  return () => {
    const now = pickFacts(learnt);
    const news = factNames.filter((name) => now[name] !== told[name]);
    if (news.length === 0) return;
    told = now;
    facts?.note(Object.fromEntries(news.map((name) => [name, now[name]])));
  };
}

function pickFacts(learnt: ServerFacts): ServerFacts {
  return { ...nothingKnown, ...Object.fromEntries(factNames.map((name) => [name, learnt[name]])) };
}

/** null: a name, which only the proxy knows the address of. */
function addressOf(host: string): string | null {
  return isIP(host) === 0 ? null : plainAddress(host);
}

function describeLogin({ isEncrypted }: LoggedIn, tls: TlsSession): string {
  const { protocol, cipher } = tls.describe();
  return isEncrypted ? `Logged in, encrypted with ${protocol} (${cipher})` : "Logged in, not encrypted";
}
