import { isIP, type Socket } from "node:net";
import {
  connect,
  createSecureContext,
  getCACertificates,
  rootCertificates,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Security } from "../../../../shared/models/connection.ts";
import type { CertificateFacts } from "../../../../shared/models/prompt.ts";
import type { Clock } from "../../ports.ts";
import type { PresentedCertificate, TlsSettings } from "../../sessions/remoteSession.ts";
import { errorFromSocket } from "./classifyError.ts";
import { type TicketPool, ticketPool } from "./ticketPool.ts";
import { certificateFacts, distrustReasons } from "./tlsTrust.ts";
import { cancelled, onAbort } from "./waiting.ts";

/** The TLS side of one session: its context, the certificate of its control connection and the tickets collected so far. */
export type TlsSession = {
  /** Encrypts the control connection and asks whether its certificate is trusted, before anything secret is sent. */
  readonly secureControl: (socket: Socket, signal: AbortSignal) => Promise<TLSSocket>;
  /** Encrypts a data connection: it resumes the control connection's session or shows the same certificate (RFC 4217 §10). */
  readonly secureData: (socket: Socket, signal: AbortSignal) => Promise<TLSSocket>;
  readonly describe: () => Pick<Security, "protocol" | "cipher" | "certificate">;
};

export type TlsOptions = {
  readonly tls: TlsSettings;
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly trust: (presented: PresentedCertificate, signal: AbortSignal) => Promise<boolean>;
};

/** Throws `tls-failed` when the client certificate cannot be used: before anybody is called. */
export function tlsSession({ tls: settings, host, port, timeoutMs, clock, trust }: TlsOptions): TlsSession {
  const context = once(() => contextFor(settings)); // made at the first handshake: a session that stays plain needs no roots
  if (settings.client !== null) context();
  const tickets = ticketPool();
  let described: ReturnType<TlsSession["describe"]> = { protocol: null, cipher: null, certificate: null };

  function handshake(socket: Socket, protocol: string, session: Buffer | null, signal: AbortSignal) {
    return shakeHands({ socket, host, protocol, session, context: context(), tickets, timeoutMs, clock }, signal);
  }

  return {
    secureControl: async (socket, signal) => {
      const secured = await handshake(socket, "ftp", null, signal);
      try {
        const certificate = await checkCertificate(secured, signal);
        described = { protocol: secured.getProtocol(), cipher: secured.getCipher().standardName, certificate };
      } catch (error) {
        secured.destroy();
        throw error;
      }
      return secured;
    },
    secureData: async (socket, signal) => {
      const secured = await handshake(socket, "ftp-data", tickets.take(), signal);
      const isSame =
        secured.isSessionReused() ||
        secured.getPeerX509Certificate()?.fingerprint256 === described.certificate?.fingerprint256;
      if (isSame) return secured;
      secured.destroy();
      throw new AppError("certificate-untrusted", "The data connection shows another certificate than the control one");
    },
    describe: () => described,
  };

  async function checkCertificate(socket: TLSSocket, signal: AbortSignal): Promise<CertificateFacts> {
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) throw new AppError("tls-failed", "The server showed no certificate");
    const verifyError = socket.authorized ? null : String(socket.authorizationError);
    const reasons = distrustReasons(certificate, { host, nowMs: clock.now(), verifyError });
    const facts = certificateFacts(certificate);
    const isTrusted = await trust({ host, port, certificate: facts, reasons }, signal);
    if (!isTrusted) throw new AppError("certificate-untrusted", `The certificate of ${host}:${port} is not trusted`);
    return facts;
  }
}

function contextFor(settings: TlsSettings): SecureContext {
  const isUsual = settings.minVersion === usualSettings.minVersion && settings.client === usualSettings.client;
  return isUsual ? usualContext() : makeContext(settings);
}

function makeContext({ minVersion, client }: TlsSettings): SecureContext {
  const ciphers = minVersion === "TLSv1" ? { ciphers: "DEFAULT:@SECLEVEL=0" } : {}; // OpenSSL 3 has no 1.0 and 1.1 above level 0
  try {
    return createSecureContext({ minVersion, ca: trustedRoots(), ...ciphers, ...client });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("tls-failed", `The client certificate cannot be used: ${reason}`, { cause });
  }
}

type Handshake = {
  readonly socket: Socket;
  readonly host: string;
  /** ALPN (RFC 7301): keeps a server of another protocol from taking part (CVE-2021-3618). */
  readonly protocol: string;
  readonly session: Buffer | null;
  readonly context: SecureContext;
  readonly tickets: TicketPool;
  readonly timeoutMs: number;
  readonly clock: Clock;
};

function shakeHands(
  { socket, host, protocol, session, context, tickets, timeoutMs, clock }: Handshake,
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      // Node binds sessions to the host they were made for (CVE-2026-48934): control and data connections name the same one.
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      secureContext: context,
      ALPNProtocols: [protocol],
      rejectUnauthorized: false, // trust is asked for once the facts are known, and before USER
      ...(session === null ? {} : { session }),
    });
    secured.on("session", (ticket: Buffer) => tickets.add(ticket, secured.getProtocol() === "TLSv1.3"));
    const end = (finish: () => void) => {
      forgetTimer();
      forgetAbort();
      secured.off("error", fail).off("close", closed).off("secureConnect", succeed);
      finish();
    };
    const giveUp = (error: AppError) =>
      end(() => {
        secured.on("error", () => {}); // a late failure of a socket that nobody waits for
        destroySecured(secured, socket);
        reject(error);
      });
    const fail = (error: Error) => giveUp(errorFromSocket(asTlsError(error), "TLS handshake", "tls-failed"));
    const closed = () => giveUp(new AppError("tls-failed", "The server ended the connection during the TLS handshake"));
    const succeed = () => end(() => resolve(secured));
    secured.on("error", fail).on("close", closed).on("secureConnect", succeed);
    const forgetTimer = clock.setTimer(timeoutMs, () => {
      giveUp(new AppError("connection-timeout", `The TLS handshake took longer than ${timeoutMs / 1000} s`));
    });
    let forgetAbort = () => {};
    forgetAbort = onAbort(signal, () => queueMicrotask(() => giveUp(cancelled())));
  });
}

/**
 * When the connection beneath is destroyed already it takes TLS down with it, a turn later. Both in one turn crash Node 24 while
 * something is being written.
 */
function destroySecured(secured: TLSSocket, beneath: Socket): void {
  if (!beneath.destroyed) secured.destroy();
}

/** A connection that breaks during the handshake is a refused handshake, not a lost session. */
function asTlsError(error: Error): AppError {
  return new AppError("tls-failed", `TLS handshake: ${error.message}`, { cause: error });
}

const usualSettings: TlsSettings = { minVersion: "TLSv1.2", client: null };

/** Made when the first session encrypts, and once: reading all the roots takes longer than a login. It holds nothing of any session. */
const usualContext = once(() => makeContext(usualSettings));

/** Mozilla's roots, which Node carries, and the system's own, where an administrator may have added some. */
function trustedRoots(): string[] {
  return [...rootCertificates, ...getCACertificates("system")];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
