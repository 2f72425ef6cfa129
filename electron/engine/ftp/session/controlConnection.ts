import type { Socket } from "node:net";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Clock, SessionLog } from "../../ports.ts";
import { type Byte255, encodeCommand, maskCommand } from "../protocol/commandLine.ts";
import { type Reply, replyLines, replyParser } from "../protocol/replyParser.ts";
import type { TextCodec } from "../text/codec.ts";
import { errorFromReply, errorFromSocket, type Phase } from "./classifyError.ts";
import { cancelled, onAbort, untilAborted, within } from "./waiting.ts";

/** One command on its way: its replies in order, zero or more preliminary ones (1yz) and a final one. RFC 959 §5.4. */
export type Exchange = {
  readonly command: string;
  /**
   * The next reply to this command. Rejects with `connection-timeout` when none comes in time (the connection is then closed: nobody
   * knows what its next reply would answer), `connection-lost`, or `cancelled`. After a
   * cancel the reply is still expected and belongs to this exchange alone, so that later commands get their own.
   */
  readonly nextReply: (signal: AbortSignal, timeoutMs?: number) => Promise<Reply>;
  /** Like nextReply, passing over preliminary replies. */
  readonly finalReply: (signal: AbortSignal, timeoutMs?: number) => Promise<Reply>;
};

/** The control connection of a session: commands out, replies in, matched in the order they were sent. */
export type ControlConnection = {
  /** The plain socket, or the TLS one after `replaceSocket`. */
  readonly socket: Socket;
  readonly isOpen: boolean;
  /** Why it is closed; null while it is open. */
  readonly closedBy: AppError | null;
  phase: Phase;
  /** How this server wants byte 255. */
  byte255: Byte255;
  /** The reply nobody asked for: the greeting. */
  readonly greeting: () => Exchange;
  /** Sends a wire string; `shown` is what logs and errors have instead, where a secret stands in it. Sending before the last reply came is pipelining, and the caller's deliberate act. */
  readonly post: (command: string, shown?: string) => Exchange;
  /**
   * Resolves when every reply due has come, those of cancelled exchanges too: the next command would be pipelined by accident otherwise.
   * Closes the connection when they do not come in time.
   */
  readonly whenInStep: (signal: AbortSignal) => Promise<void>;
  /** Lets go of the socket so that TLS can take it. Throws `tls-failed` when bytes are waiting: someone wrote them before the encryption began. */
  readonly releaseSocket: () => Socket;
  readonly resumeOn: (socket: Socket) => void;
  /** Calls back once when the connection ends, for whatever reason. Returns its undo. */
  readonly onClosed: (callback: (reason: AppError) => void) => () => void;
  readonly close: (reason: AppError) => void;
};

export type ControlOptions = {
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: SessionLog;
  /** Asked at each line: the codec may change at login. */
  readonly codec: () => TextCodec;
};

type Slot = { readonly shown: string; readonly replies: Reply[]; isFinal: boolean; wake: () => void };

const maxUnsolicited = 20; // a server that goes on talking unasked is not speaking FTP

export function controlConnection(first: Socket, { timeoutMs, clock, log, codec }: ControlOptions): ControlConnection {
  let socket = first;
  let parser = replyParser();
  let phase: Phase = "login";
  let byte255: Byte255 = "doubled";
  let closedBy: AppError | null = null;
  let unsolicited = 0;
  const waiting: Slot[] = [];
  const stepCallbacks = new Set<(isInStep: true) => void>();
  const closedCallbacks = new Set<(reason: AppError) => void>();

  function close(reason: AppError): void {
    if (closedBy !== null) return;
    closedBy = reason;
    socket.destroy();
    for (const slot of waiting.splice(0)) slot.wake();
    tellWhenInStep();
    for (const callback of [...closedCallbacks]) callback(reason);
    closedCallbacks.clear();
  }

  function take(reply: Reply): void {
    for (const line of replyLines(reply)) log.reply(codec().decode(line));
    const slot = waiting[0];
    if (slot === undefined) {
      takeUnsolicited(reply);
      return;
    }
    slot.replies.push(reply);
    if (reply.code >= 200) {
      slot.isFinal = true;
      waiting.shift();
    }
    slot.wake();
    tellWhenInStep();
    // RFC 959: 421 may answer any command; the server closes the connection after it.
    if (reply.code === 421) close(errorFromReply(reply, { command: slot.shown, phase, codec: codec() }));
  }

  /** It must never become the answer to the next command (CVE-2021-22947 and its kin). */
  function takeUnsolicited(reply: Reply): void {
    unsolicited++;
    if (reply.code === 421) close(errorFromReply(reply, { command: "", phase, codec: codec() }));
    else if (unsolicited > maxUnsolicited) {
      close(new AppError("unexpected-reply", "The server keeps sending replies to no command"));
    }
  }

  const onData = (bytes: Buffer) => {
    try {
      for (const reply of parser.push(bytes)) if (closedBy === null) take(reply);
    } catch (error) {
      close(errorFromSocket(error, "Reading a reply", "malformed-reply"));
    }
  };
  const onError = (error: Error) => close(errorFromSocket(error, "Control connection", "connection-lost"));
  const onEnd = () => close(new AppError("connection-lost", "The server closed the connection"));

  function listen(): void {
    socket.on("data", onData).on("error", onError).on("end", onEnd).on("close", onEnd).resume(); // a proxy's is paused
  }

  /** What is posted in one go leaves in one segment. */
  function writeTogether(bytes: Buffer): void {
    const corked = socket;
    corked.cork();
    corked.write(bytes);
    process.nextTick(() => corked.uncork());
  }

  function openExchange(shown: string): Exchange {
    const slot: Slot = { shown, replies: [], isFinal: false, wake: () => {} };
    if (closedBy === null) waiting.push(slot);
    const nextReply = (signal: AbortSignal, limitMs = timeoutMs) => nextReplyOf(slot, signal, limitMs);
    const finalReply = async (signal: AbortSignal, limitMs = timeoutMs) => {
      let reply = await nextReply(signal, limitMs);
      while (reply.code < 200) reply = await nextReply(signal, limitMs);
      return reply;
    };
    return { command: codec().decode(shown), nextReply, finalReply };
  }

  function nextReplyOf(slot: Slot, signal: AbortSignal, limitMs: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        forgetTimer();
        forgetAbort();
        slot.wake = () => {};
        finish();
      };
      const look = () => {
        const reply = slot.replies.shift();
        if (reply !== undefined) settle(() => resolve(reply));
        else if (closedBy !== null) settle(() => reject(closedBy));
      };
      const command = slot.shown === "" ? undefined : codec().decode(slot.shown);
      let forgetAbort = () => {};
      const forgetTimer = clock.setTimer(limitMs, () => {
        const what = command === undefined ? "No greeting" : `No reply to ${command}`;
        close(new AppError("connection-timeout", `${what} within ${limitMs / 1000} s`, { command }));
      });
      slot.wake = look;
      look();
      if (slot.wake === look) forgetAbort = onAbort(signal, () => settle(() => reject(cancelled({ command }))));
    });
  }

  async function whenInStep(signal: AbortSignal): Promise<void> {
    if (waiting.length === 0) return;
    const { promise, resolve } = Promise.withResolvers<true>();
    stepCallbacks.add(resolve);
    const isInStep = await untilAborted(within(promise, timeoutMs, clock), signal).finally(() =>
      stepCallbacks.delete(resolve),
    );
    if (!isInStep)
      close(new AppError("connection-timeout", "A reply that was no longer waited for has not come either"));
  }

  function tellWhenInStep(): void {
    if (waiting.length > 0) return;
    for (const callback of stepCallbacks) callback(true);
  }

  listen();

  return {
    whenInStep,
    get socket() {
      return socket;
    },
    get isOpen() {
      return closedBy === null;
    },
    get closedBy() {
      return closedBy;
    },
    get phase() {
      return phase;
    },
    set phase(next) {
      phase = next;
    },
    get byte255() {
      return byte255;
    },
    set byte255(next) {
      byte255 = next;
    },
    greeting: () => openExchange(""),
    post: (command, shown = maskCommand(command)) => {
      const bytes = encodeCommand(command, byte255);
      log.command(codec().decode(shown));
      const exchange = openExchange(shown);
      if (closedBy === null) writeTogether(bytes);
      return exchange;
    },
    releaseSocket: () => {
      socket.off("data", onData).off("error", onError).off("end", onEnd).off("close", onEnd);
      if (parser.pendingBytes > 0 || unsolicited > 0 || socket.readableLength > 0) {
        throw new AppError("tls-failed", "Someone sent bytes ahead of the encryption; the connection is not safe");
      }
      socket.pause();
      return socket;
    },
    resumeOn: (next) => {
      socket = next;
      parser = replyParser();
      listen();
    },
    onClosed: (callback) => {
      closedCallbacks.add(callback);
      return () => closedCallbacks.delete(callback);
    },
    close,
  };
}
