import { connect, type OnReadOpts, type Socket } from "node:net";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Clock } from "../../ports.ts";
import type { ProxyServer } from "../../sessions/remoteSession.ts";
import { errorFromSocket } from "./classifyError.ts";
import { connectThroughProxy } from "./proxy.ts";
import { cancelled, onAbort } from "./waiting.ts";

export type DialOptions = {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** It may be silent for long and must not be forgotten. A data connection is watched while it lives, and thousands of small ones cost. */
  readonly keepsAlive?: boolean;
  /** Reads into our own large buffers instead of Node's 64 KiB ones. Not through a proxy, which answers before the bytes begin. */
  readonly onread?: OnReadOpts;
  /** Who connects for us and finds the host's address; null: we do. */
  readonly proxy: ProxyServer | null;
};

const keepAliveDelayMs = 60_000; // shorter than the five minutes after which most routers forget an idle connection

/**
 * Opens a TCP connection, directly or through a proxy; a host with several addresses is tried with Happy Eyeballs (RFC 8305). Rejects
 * with `host-not-found`, `connection-refused`, `connection-timeout`, `proxy-failed`, `proxy-login-rejected` or `cancelled`, and then
 * leaves no socket behind.
 */
export async function dial({ proxy, ...target }: DialOptions, signal: AbortSignal): Promise<Socket> {
  if (proxy === null) return await connectTo(target, signal);
  const { timeoutMs, clock, keepsAlive = false } = target;
  const { host, port } = proxy;
  const socket = await connectTo({ host, port, timeoutMs, clock, keepsAlive }, signal).catch((error: AppError) => {
    if (error.kind === "cancelled") throw error;
    throw new AppError("proxy-failed", `The proxy cannot be reached. ${error.message}`, { cause: error });
  });
  return await connectThroughProxy({ ...target, socket, proxy }, signal);
}

function connectTo(
  { host, port, timeoutMs, clock, keepsAlive = false, onread }: Omit<DialOptions, "proxy">,
  signal: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const during = `Connecting to ${host}:${port}`;
    const socket = connect({
      host,
      port,
      noDelay: true,
      ...(keepsAlive ? { keepAlive: true, keepAliveInitialDelay: keepAliveDelayMs } : {}),
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: 250,
      ...(onread === undefined ? {} : { onread }),
    });
    const end = (finish: () => void) => {
      forgetTimer();
      forgetAbort();
      socket.off("error", fail).off("connect", succeed);
      finish();
    };
    const giveUp = (error: AppError) =>
      end(() => {
        socket.on("error", () => {}); // a late failure of a socket that nobody waits for
        socket.destroy();
        reject(error);
      });
    const fail = (error: Error) => giveUp(errorFromSocket(error, during, "connection-refused"));
    const succeed = () => end(() => resolve(socket));
    socket.on("error", fail).on("connect", succeed);
    const forgetTimer = clock.setTimer(timeoutMs, () => {
      giveUp(new AppError("connection-timeout", `${during}: no answer within ${timeoutMs / 1000} s`));
    });
    let forgetAbort = () => {};
    forgetAbort = onAbort(signal, () => queueMicrotask(() => giveUp(cancelled())));
  });
}
