import { AppError, toAppError, toWireError } from "../../../shared/errors/appError.ts";
import type { Connection, ConnectionStatus } from "../../../shared/models/connection.ts";
import type { Clock, SessionLog } from "../ports.ts";
import type { Lease } from "../sessions/lease.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import { cancelled, throwIfCancelled, waitWith } from "../util/cancel.ts";
import { createOneAtATime } from "../util/oneAtATime.ts";
import { decodeUtf8, encodeUtf8 } from "../util/wireText.ts";
import { type ConnectionEvent, type ConnectionLife, reconnectDelayMs, transition } from "./connectionLife.ts";

/** What an operation does to the server: a reading may be repeated after a loss, a change only when it cannot have happened. */
export type OperationKind = "reading" | "change";

/** A browsing connection: one session of its own at a time, replaced when it is lost. */
export type BrowsingConnection = {
  readonly id: string;
  readonly siteId: string;
  readonly describe: () => Connection;
  /** Runs one operation on the session, in the order asked for, connecting again first where that is needed. */
  readonly run: <T>(
    kind: OperationKind,
    work: (session: RemoteSession, signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ) => Promise<T>;
  /** For people; works while the session is away too. */
  readonly toText: (wire: string) => string;
  readonly toWire: (text: string) => string;
  /** Connects at once, whatever the state. */
  readonly reconnect: () => void;
  readonly close: () => Promise<void>;
};

export type ConnectionParts = {
  readonly id: string;
  readonly siteId: string;
  readonly siteName: () => string;
  /** How names are to be read: "auto" or a label. */
  readonly encoding: () => string;
  /** The folder browsing begins in, as the user typed it; "" for the one the server opens. */
  readonly firstFolder: () => string;
  readonly lease: (onWanted: () => void, signal: AbortSignal) => Promise<Lease>;
  readonly keepAliveMs: () => number;
  /** Whether anybody looks: without, nothing is kept alive and no reconnect is repeated. */
  readonly isWatched: () => boolean;
  readonly clock: Clock;
  readonly log: { readonly sessionLog: (label: string) => SessionLog };
  /** The status changed. */
  readonly onChange: () => void;
  /** Names are read in another way than before. */
  readonly onEncodingChanged: () => void;
  /** A session stands again after a loss. */
  readonly onRecovered: () => void;
};

const trustedIdleMs = 15_000; // after longer silence a change is preceded by a NOOP: a dead session must not eat it

export function createConnection(parts: ConnectionParts): BrowsingConnection {
  const { clock } = parts;
  const oneAtATime = createOneAtATime();
  let life: ConnectionLife = { state: "connecting" };
  let lease: Lease | null = null;
  let lastSession: RemoteSession | null = null;
  let startPath: string | null = null;
  /** The try to open a session that runs now. */
  let opening: { readonly done: Promise<void>; readonly abort: AbortController } | null = null;
  let stopListening = () => {};
  let stopTimer = () => {};
  let lastUsedMs = 0;
  let isBusy = false;
  /** A transfer waits for the only session the server allows. */
  let isWanted = false;
  let toldEncoding = "";
  const ended = new AbortController();

  const tell = (event: ConnectionEvent): boolean => {
    const next = transition(life, event);
    if (next === null) return false;
    life = next;
    stopTimer();
    parts.onChange();
    return true;
  };

  const letGo = () => {
    stopListening();
    lease?.release();
    lease = null;
  };

  const lose = (error: AppError) => {
    if (lease) parts.log.sessionLog(lease.session.label).error(error.message);
    letGo();
    // An operation that needs a session opens one itself; who only looks has it opened for him.
    if (tell({ type: "lost", error }) && parts.isWatched()) open().catch(() => {});
  };

  /** The server allows one session in all and a transfer waits for it: step aside until it is needed here. */
  const stepAside = () => {
    isWanted = isBusy || opening !== null;
    if (!isWanted) letGo();
  };

  const adopt = async (newLease: Lease, signal: AbortSignal) => {
    lease = newLease;
    lastSession = newLease.session;
    toldEncoding = newLease.session.encoding;
    lastUsedMs = clock.now();
    stopListening = newLease.session.onLost(() =>
      lose(new AppError("connection-lost", "The server ended the session")),
    );
    startPath ??= await findStartPath(newLease.session, parts.firstFolder(), signal);
  };

  /** One try to get a session. Resolves when it stands, rejects when this try failed. */
  const tryToOpen = async (signal: AbortSignal) => {
    const isAgain = life.state === "reconnecting" || (life.state === "connecting" && startPath !== null);
    try {
      await adopt(await parts.lease(stepAside, signal), signal);
      tell({ type: "opened" });
      keepAliveLater();
    } catch (thrown) {
      letGo();
      const error = toAppError(thrown);
      if (!signal.aborted) {
        tell({ type: life.state === "connected" ? "lost" : "open-failed", error });
        if (life.state === "reconnecting") tryLater(life.attempt);
      }
      throw error;
    }
    if (isAgain) parts.onRecovered();
  };

  const open = (): Promise<void> => {
    if (opening) return opening.done;
    if (life.state === "closed") return Promise.reject(cancelled("The connection was closed"));
    stopTimer();
    const abort = new AbortController();
    const done = tryToOpen(AbortSignal.any([abort.signal, ended.signal])).finally(() => {
      if (opening === attempt) opening = null;
    });
    const attempt = { done, abort };
    opening = attempt;
    done.catch(() => {}); // the status tells
    return done;
  };

  const tryLater = (attempt: number) => {
    stopTimer = clock.setTimer(reconnectDelayMs(attempt), () => {
      if (parts.isWatched()) open().catch(() => {});
    });
  };

  /** A session that works, opening one where there is none. Rejects when the try to open it fails. */
  const ready = async (signal: AbortSignal): Promise<RemoteSession> => {
    if (life.state === "failed") throw life.error;
    if (lease && !lease.session.isUsable) lose(new AppError("connection-lost", "The session can no longer be used"));
    if (!lease || opening) await waitWith(open(), signal);
    if (!lease) throw new AppError("connection-lost", "The connection was closed");
    return lease.session;
  };

  const keepAlive = (session: RemoteSession, signal: AbortSignal) =>
    session.keepAlive(signal).then(
      () => true,
      () => session.isUsable,
    );

  /** A session for a change: one that has been silent for long is asked first whether it lives. */
  const readyForChange = async (signal: AbortSignal): Promise<RemoteSession> => {
    const session = await ready(signal);
    if (clock.now() - lastUsedMs < trustedIdleMs || (await keepAlive(session, signal))) return session;
    throwIfCancelled(signal);
    lose(new AppError("connection-lost", "The session had ended"));
    return ready(signal);
  };

  const keepAliveLater = () => {
    stopTimer();
    const afterMs = parts.keepAliveMs();
    if (afterMs === 0 || life.state !== "connected") return;
    stopTimer = clock.setTimer(afterMs, () => {
      if (!lease || !parts.isWatched()) return keepAliveLater();
      oneAtATime(async () => {
        if (!lease) return;
        const { session } = lease;
        if (await keepAlive(session, ended.signal)) lastUsedMs = clock.now();
        else if (lease?.session === session) lose(new AppError("connection-lost", "The session had ended"));
      }, ended.signal)
        .catch(() => {})
        .finally(keepAliveLater);
    });
  };

  const runOnce = async <T>(
    kind: OperationKind,
    work: (session: RemoteSession, signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<{ readonly result: T } | { readonly error: AppError; readonly isRepeatable: boolean }> => {
    const session = kind === "change" ? await readyForChange(signal) : await ready(signal);
    isBusy = true;
    try {
      return { result: await work(session, signal) };
    } catch (thrown) {
      const error = toAppError(thrown);
      const isLost = !session.isUsable;
      if (isLost && lease?.session === session) lose(error);
      return { error, isRepeatable: isLost && !signal.aborted && (kind === "reading" || wasRefused(error)) };
    } finally {
      isBusy = false;
      lastUsedMs = clock.now();
      if (isWanted) letGo();
      isWanted = false;
      if (session.encoding !== toldEncoding) parts.onEncodingChanged(); // a listing may have settled it
      toldEncoding = session.encoding;
      keepAliveLater();
    }
  };

  return {
    id: parts.id,
    siteId: parts.siteId,
    describe: () => ({
      id: parts.id,
      siteId: parts.siteId,
      siteName: parts.siteName(),
      encoding: parts.encoding(),
      status: describeStatus(life, lastSession),
      startPath,
    }),
    run: (kind, work, signal) => {
      const either = AbortSignal.any([signal, ended.signal]);
      return oneAtATime(async () => {
        const first = await runOnce(kind, work, either);
        const last = "error" in first && first.isRepeatable ? await runOnce(kind, work, either) : first;
        if ("error" in last) throw last.error;
        return last.result;
      }, either);
    },
    toText: (wire) => lastSession?.toText(wire) ?? decodeUtf8(wire),
    toWire: (text) => lastSession?.toWire(text) ?? encodeUtf8(text),
    reconnect: () => {
      opening?.abort.abort();
      opening = null;
      letGo();
      if (tell({ type: "reconnect" })) open().catch(() => {});
    },
    close: async () => {
      tell({ type: "close" });
      ended.abort();
      letGo();
      await opening?.done.catch(() => {});
    },
  };
}

/** 421 as the answer to a command: the server hung up instead of doing it. RFC 959 §5.4. */
function wasRefused(error: AppError): boolean {
  return error.reply?.code === 421;
}

async function findStartPath(session: RemoteSession, typed: string, signal: AbortSignal): Promise<string> {
  if (typed === "") return session.startFolder;
  const path = session.toWire(typed.startsWith("/") ? typed : `${session.startFolder.replace(/\/$/, "")}/${typed}`);
  const found = await session.stat(path, signal).catch((error) => {
    if (session.isUsable && !signal.aborted) return null; // some servers refuse to tell; then begin where they put us
    throw error;
  });
  return found === null || found.type === "file" ? session.startFolder : path;
}

function describeStatus(life: ConnectionLife, session: RemoteSession | null): ConnectionStatus {
  switch (life.state) {
    case "connected":
      return session ? describeSession(session) : { state: "connecting" };
    case "reconnecting":
      return { state: "reconnecting", attempt: life.attempt, error: toWireError(life.error) };
    case "failed":
      return { state: "failed", error: toWireError(life.error) };
    default:
      return { state: life.state };
  }
}

function describeSession({ security, system, encoding, can }: RemoteSession): ConnectionStatus {
  return {
    state: "connected",
    security,
    system,
    encoding,
    offers: { checksum: can.checksum !== null, copy: can.copy, createLink: can.createLink },
  };
}
