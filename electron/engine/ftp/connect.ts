import { systemClock } from "../ports.ts";
import type { OpenSessionOptions, RemoteSession } from "../sessions/remoteSession.ts";
import { openFtpSession } from "./openFtpSession.ts";

/** Whom to talk to; every other option of a session can be given, and has a careful default. */
export type ConnectRequest = Partial<Omit<OpenSessionOptions, "host" | "login">> & {
  readonly host: string;
  /** Default: anonymous (RFC 1635). */
  readonly user?: string;
  readonly password?: string;
  /** For servers that ask with ACCT. */
  readonly account?: string;
};

const timeoutMs = 20_000; // what interactive clients of today wait

/**
 * Opens a session without the rest of Portside: encrypted (explicit TLS), with certificates that the system trusts and no others, and
 * silent. Rejects as `openFtpSession` does.
 */
export function connect(request: ConnectRequest, signal: AbortSignal): Promise<RemoteSession> {
  const { user = "anonymous", password = "anonymous@example.invalid", account = null, ...changes } = request;
  const login = { user, password, account };
  return openFtpSession({ ...carefulOptions, label: request.host, ...changes, login }, signal);
}

const carefulOptions: Omit<OpenSessionOptions, "host" | "login" | "label"> = {
  port: 21,
  encryption: "tls-required",
  proxy: null,
  ftpProxy: null,
  sendsHost: false,
  loginCommands: [],
  encoding: "auto",
  timeoutMs,
  dataConnections: {
    mode: "automatic",
    fallsBackToActive: false, // somebody who connects to us is a decision of the caller
    ports: null,
    externalAddress: "",
    allowsForeignAddress: false,
    memory: { recall: () => null, note: () => {} },
  },
  tls: { minVersion: "TLSv1.2", client: null },
  trust: async ({ reasons }) => reasons.length === 0,
  allowPlain: async () => true, // who says "tls-if-available" has allowed it
  log: { status: () => {}, command: () => {}, reply: () => {}, error: () => {}, listing: () => {} },
  clock: systemClock,
};
