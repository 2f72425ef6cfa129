import { toAppError } from "../../../shared/errors/appError.ts";
import type { ServerFacts } from "../../../shared/models/serverFacts.ts";
import type { OpenSession, OpenSessionOptions } from "../sessions/remoteSession.ts";
import { ftpSession } from "./ftpSession.ts";
import { encodeCommand } from "./protocol/commandLine.ts";
import { allocateBuffers, type BufferPair } from "./session/byteBuffers.ts";
import { type ControlConnection, controlConnection } from "./session/controlConnection.ts";
import { dial } from "./session/dial.ts";
import type { Link } from "./session/link.ts";
import { type LoggedIn, logIn } from "./session/login.ts";
import { type TlsSession, tlsSession } from "./session/tls.ts";
import { type TextCodec, textCodec } from "./text/codec.ts";

/**
 * Connects to an FTP server (RFC 959), encrypts as asked (RFC 4217) and logs in. Rejects with `host-not-found`, `connection-refused`,
 * `connection-timeout`, `tls-failed`, `encryption-refused`, `certificate-untrusted`, `login-rejected`, `account-required`,
 * `too-many-connections`, `service-unavailable`, `invalid-input` (before anything is sent) or `cancelled`, and leaves no socket behind.
 */
export const openFtpSession: OpenSession = async (options, signal) => {
  const { host, port, timeoutMs, clock, log } = options;
  let codec = textCodec({ encoding: options.encoding, speaksUtf8: true });
  checkLogin(options, codec);
  const tls = tlsSession(options);
  log.status(`Connecting to ${host}:${port}`);
  const socket = await dial({ host, port, timeoutMs, clock }, signal);
  const control = controlConnection(socket, { timeoutMs, clock, log, codec: () => codec });
  try {
    const loggedIn = await logIn({ ...options, control, tls, codec }, signal);
    codec = textCodec({ encoding: options.encoding, speaksUtf8: loggedIn.features.has("UTF8") });
    log.status(describeLogin(loggedIn, tls));
    const link = assembleLink(options, { control, tls, codec, loggedIn });
    Object.assign(link.learnt, options.facts?.recall());
    return ftpSession(options.label, loggedIn, link, learntKeeper(link, options));
  } catch (error) {
    control.close(toAppError(error));
    throw error;
  }
};

/** A line break in a user name or password would become a command of its own: refused before connecting. */
function checkLogin({ login }: OpenSessionOptions, codec: TextCodec): void {
  for (const text of [login.user, login.password, login.account ?? ""]) encodeCommand(codec.encode(text));
}

type Parts = {
  readonly control: ControlConnection;
  readonly tls: TlsSession;
  readonly codec: TextCodec;
  readonly loggedIn: LoggedIn;
};

function assembleLink(options: OpenSessionOptions, parts: Parts): Link {
  const { host, timeoutMs, clock, log, dataConnections } = options;
  const { control, tls, codec, loggedIn } = parts;
  let buffers: BufferPair | null = null;
  return {
    control,
    host,
    timeoutMs,
    clock,
    log,
    codec,
    dataConnections,
    tls: loggedIn.isEncrypted ? tls : null,
    isDataProtected: loggedIn.isDataProtected,
    features: loggedIn.features,
    knowsFeat: loggedIn.knowsFeat,
    system: loggedIn.system,
    listOption: loggedIn.listOption,
    buffers: () => {
      buffers ??= allocateBuffers();
      return buffers;
    },
    learnt: {
      dataWay: null,
      refusedWays: new Set(),
      isRestartPending: false,
      pipelines: loggedIn.pipelines,
      refusesMlsdPath: false,
      appendIsRefused: false,
      setModified: null,
    },
  };
}

/** Tells what is new, and only that: when the user has a server's facts forgotten, a session from before does not bring them back. */
function learntKeeper({ learnt }: Link, { facts }: OpenSessionOptions): () => void {
  const current = (): ServerFacts => {
    const { setModified, refusesMlsdPath, appendIsRefused } = learnt;
    return { setModified, refusesMlsdPath, appendIsRefused };
  };
  let told = JSON.stringify(current());
  return () => {
    const now = current();
    if (JSON.stringify(now) === told) return;
    told = JSON.stringify(now);
    facts?.note(now);
  };
}

function describeLogin({ isEncrypted }: LoggedIn, tls: TlsSession): string {
  const { protocol, cipher } = tls.describe();
  return isEncrypted ? `Logged in, encrypted with ${protocol} (${cipher})` : "Logged in, not encrypted";
}
