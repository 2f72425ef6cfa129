import type { OnReadOpts, Socket } from "node:net";
import { AppError, toAppError } from "../../../../shared/errors/appError.ts";
import type { Reply } from "../protocol/replyParser.ts";
import { connectPassive, type DataConnection, forgetWay, openDataConnection, waysLeft } from "./dataConnection.ts";
import { asksForProtection, protectAnew } from "./dataProtection.ts";
import { type DataWay, isActive } from "./dataWays.ts";
import { ask, isRefusal, isUnsupported, type Link, refusal } from "./link.ts";
import { askPassiveAhead, takePassiveAhead } from "./passiveAhead.ts";
import { agreeOnMode } from "./transferMode.ts";
import { postTransfer, type TransferReplies } from "./transferReplies.ts";
import { cancelled, onAbort, throwIfCancelled, untilAborted, within } from "./waiting.ts";

export type Transfer = {
  /** RETR, STOR, APPE, LIST or MLSD with its argument. */
  readonly command: string;
  readonly path: string;
  /** REST before the command when > 0 (RFC 3659 §5). */
  readonly offset: number;
  /** `agreeOnMode` has said so, and `move` knows. Default: the bytes travel as they are. */
  readonly isDeflated?: boolean;
  /** For a plain connection that we read from. */
  readonly onread: OnReadOpts | null;
  /** Moves the bytes and resolves to their number; `signal` fires when the transfer is given up. */
  readonly move: (opened: OpenedData) => Promise<number>;
  /** `move` wanted no more, although more would come: the rest is stopped, and whatever the server says about that is right. */
  readonly hasStopped?: () => boolean;
  /** Told each reply to the command as it comes. */
  readonly onReply?: (reply: Reply) => void;
  /** Where the server bears pipelining its bytes do not wait for the server's consent (see `smallness`). */
  readonly isSmall?: boolean;
  /** Another small one will follow: its port is asked for along with this one, where the server bears that. */
  readonly isFollowed?: boolean;
};

export type OpenedData = {
  readonly socket: Socket;
  /** The socket was opened with `onread`. */
  readonly readsDirectly: boolean;
  readonly signal: AbortSignal;
};

const abortReplyMs = 2000; // longer than any round trip, short enough for a user who pressed cancel
const afterBreakMs = 5000; // the server notices a broken data connection at once or only by its own time-out

/**
 * One command with a data connection. It has succeeded when the data connection has ended in order **and** the final 2yz has come;
 * comparing sizes is the caller's. Resolves to the number of bytes moved.
 *
 * When it fails the data connection is gone at once and the replies still due are read, so that the session stays usable; when they do
 * not come in time the control connection is closed. A refusal by the server is a better reason than the broken socket it causes.
 */
export async function runTransfer(link: Link, transfer: Transfer, signal: AbortSignal): Promise<number> {
  throwIfCancelled(signal);
  await agreeOnMode(link, transfer.isDeflated ?? false, signal);
  const onread = link.isDataProtected ? null : transfer.onread;
  const tried = new Set<DataWay>();
  let mayProtect = link.isDataProtected;
  const onReply = (reply: Reply) => {
    if (reply.code < 200) mayProtect = false; // it was accepted: what fails now is another matter, and bytes may be gone
    if (!isRefusal(reply)) link.learnt.isRestartPending = false; // a transfer that was refused may have left it in force
    transfer.onReply?.(reply);
  };
  const posted: Transfer = { ...transfer, onReply };
  /** Once: a server that has dropped the protection of data connections gets it again. */
  const protectsAfter = async (error: unknown): Promise<boolean> => {
    if (!mayProtect || !(error instanceof AppError) || !error.reply || !asksForProtection(error.reply)) return false;
    mayProtect = false;
    await protectAnew(link, signal);
    tried.clear();
    return true;
  };
  try {
    const quick = await runInOneSegment(link, posted, onread, signal);
    if (quick !== null) return quick;
  } catch (error) {
    if (!(await protectsAfter(error))) throw error;
  }
  for (;;) {
    const data = await openDataConnection(link, { onread, tried }, signal);
    const forgetAbort = onAbort(signal, data.breakOff);
    try {
      await setRestart(link, transfer, signal);
      return await exchangeBytes(link, posted, { data, replies: postTransfer(link, posted) }, signal);
    } catch (error) {
      if (await protectsAfter(error)) continue;
      if (!isWayToBlame(link, data, error)) throw error;
      forgetWay(link, data.way, error);
      const [next] = waysLeft(link, tried);
      if (signal.aborted || next === undefined) throw error;
      link.log.status(`The server could not connect to us (${data.way}); trying ${next}`);
    } finally {
      forgetAbort();
      data.close();
    }
  }
}

/**
 * The passive command and the transfer command leave together, one round trip earlier, where the server bears it and this way has worked
 * before; where the passive command went out with the transfer before, the connection is opened while the transfer command travels. null where not, and when no data connection came of it: no byte has moved, and from here on commands go one by one.
 */
async function runInOneSegment(
  link: Link,
  transfer: Transfer,
  onread: OnReadOpts | null,
  signal: AbortSignal,
): Promise<number | null> {
  const { learnt, control } = link;
  const ahead = await takePassiveAhead(link, signal);
  const way = ahead?.way ?? learnt.wayInUse ?? link.dataConnections.memory.recall();
  if (!learnt.pipelines || way === null || isActive(way)) return null;
  if (transfer.offset > 0 || learnt.isRestartPending) return null;
  const waits = storesFiles(transfer);
  const answer = ahead?.answer ?? ask(link, way, signal);
  const post = () => {
    const posted = postTransfer(link, transfer);
    if (transfer.isFollowed) askPassiveAhead(link, way);
    return posted;
  };
  let replies = waits ? null : post();
  let data: DataConnection;
  const patience = outlast(link, signal);
  try {
    data = await connectPassive(link, { way, onread, answer }, patience.signal);
  } catch (error) {
    learnt.passiveAhead = null;
    learnt.pipelines = false;
    const reason = replies === null ? error : await settle(link, transfer, replies, toAppError(error));
    if (signal.aborted || !control.isOpen) throw reason;
    return null;
  } finally {
    patience.end();
  }
  replies ??= post();
  const forgetAbort = onAbort(signal, data.breakOff);
  try {
    return await exchangeBytes(link, transfer, { data, replies }, signal);
  } catch (error) {
    learnt.passiveAhead = null; // whether the port has outlived what has gone wrong nobody knows
    throw error;
  } finally {
    forgetAbort();
    data.close();
  }
}

/**
 * A server that has been told to store holds the file, empty and locked (vsftpd), until somebody comes to its port. Whoever is killed before
 * that leaves it so for a minute: an upload is announced when its connection stands.
 */
function storesFiles({ command }: Transfer): boolean {
  return /^(?:STOR|STOU|APPE)\b/.test(command);
}

/**
 * The server has been told to transfer: until somebody comes to its port it waits there, deaf to ABOR (vsftpd for a minute). So who gives up
 * while the connection is being opened lets it open, for a moment, and breaks it then. Fires that much after `signal`.
 */
function outlast({ clock }: Link, signal: AbortSignal): { readonly signal: AbortSignal; readonly end: () => void } {
  const late = new AbortController();
  let stopTimer = () => {};
  const forgetAbort = onAbort(signal, () => {
    stopTimer = clock.setTimer(abortReplyMs, () => late.abort());
  });
  const end = () => {
    forgetAbort();
    stopTimer();
  };
  return { signal: late.signal, end };
}

/** The server was to connect to us and has not: no byte has moved, and the session is as good as before. */
function isWayToBlame(link: Link, data: DataConnection, error: unknown): boolean {
  return (
    !data.isConnected && link.control.isOpen && error instanceof AppError && error.kind === "data-connection-failed"
  );
}

/** Restart position for the next transfer; one left over from a transfer that never began is taken back. */
async function setRestart(link: Link, { offset, path }: Transfer, signal: AbortSignal): Promise<void> {
  if (offset === 0 && !link.learnt.isRestartPending) return;
  link.learnt.isRestartPending = true;
  const command = `REST ${offset}`;
  const reply = await ask(link, command, signal);
  if (offset === 0 || reply.code === 350) return;
  link.learnt.isRestartPending = !isRefusal(reply);
  if (isUnsupported(reply)) link.learnt.restIsRefused = true;
  const { reply: facts, message } = refusal(link, reply, command);
  throw new AppError("resume-refused", message, { reply: facts, command, path: link.codec.decode(path) });
}

type Exchanging = { readonly data: DataConnection; readonly replies: TransferReplies };

async function exchangeBytes(
  link: Link,
  transfer: Transfer,
  { data, replies }: Exchanging,
  signal: AbortSignal,
): Promise<number> {
  const stop = new AbortController();
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const forgetAbort = onAbort(signal, () => aborted.reject(cancelled({ command: replies.command })));
  const moved = moveBytes(link, transfer, { data, replies, signal: AbortSignal.any([signal, stop.signal]) });
  moved.catch(() => {}); // it may fail as well when another has won the race
  try {
    const count = await Promise.race([moved, replies.refused, aborted.promise]);
    if (transfer.hasStopped?.()) await stopSending(link, replies, data);
    else await Promise.race([replies.succeeded(), aborted.promise]);
    return count;
  } catch (error) {
    stop.abort();
    data.breakOff();
    await moved.catch(() => {}); // sink and source have let go of the buffers
    throw await settle(link, transfer, replies, toAppError(error));
  } finally {
    forgetAbort();
  }
}

type Moving = {
  readonly data: DataConnection;
  readonly replies: TransferReplies;
  readonly signal: AbortSignal;
};

async function moveBytes(link: Link, transfer: Transfer, { data, replies, signal }: Moving): Promise<number> {
  const plain = await data.connected(signal);
  const { readsDirectly } = data;
  // Some servers send data before, or without, the 150: a plain download listens from the start. Everything else waits for it: an
  // upload may be refused, and a TLS handshake that overtakes the command fails on pyftpdlib.
  const mayLead = transfer.isSmall === true && link.learnt.pipelines;
  if (!readsDirectly && !mayLead) await untilAborted(replies.begun(), signal);
  if (link.tls === null || !link.isDataProtected) return transfer.move({ socket: plain, readsDirectly, signal });
  const socket = await link.tls.secureData(plain, signal);
  return transfer.move({ socket, readsDirectly: false, signal });
}

/** The server learns from the broken connection that nobody wants the rest, and from ABOR when it is to listen again. */
async function stopSending(link: Link, replies: TransferReplies, data: DataConnection): Promise<void> {
  data.breakOff();
  if (!replies.isSettled()) await abort(link, replies);
}

/** Brings the dialogue back in step after a failure, and gives the best reason for it. */
async function settle(link: Link, transfer: Transfer, replies: TransferReplies, error: AppError): Promise<AppError> {
  if (replies.isSettled() || !link.control.isOpen) return error;
  const isBroken = error.kind === "transfer-aborted" || error.kind === "connection-lost" || error.kind === "tls-failed";
  const isRefused = error.reply !== undefined; // the passive command, and so the transfer command behind it
  if (!isBroken && !isRefused) {
    await abort(link, replies);
    return error;
  }
  const reply = await within(replies.final, Math.min(afterBreakMs, link.timeoutMs), link.clock).catch(() => null);
  if (reply !== null && isRefusal(reply)) return refusal(link, reply, transfer.command, transfer.path);
  if (reply === null) link.control.close(error);
  return error;
}

/**
 * ABOR without the Telnet IP and Synch of RFC 959 §4.1.3: servers of today read the control connection during transfers, urgent data
 * cannot travel through TLS, and several servers take the stray bytes for a command. The closed data connection stops the others.
 */
export async function abort(link: Link, replies: TransferReplies): Promise<void> {
  const abor = link.control.post("ABOR").finalReply(new AbortController().signal, abortReplyMs);
  const settled = await within(Promise.all([replies.final, abor]), abortReplyMs, link.clock).catch(() => null);
  if (settled === null) link.control.close(new AppError("connection-lost", "The server did not answer ABOR in time"));
}
