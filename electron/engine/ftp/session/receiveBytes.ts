import type { OnReadOpts, Socket } from "node:net";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Clock } from "../../ports.ts";
import type { Allowance, ByteSink } from "../../sessions/remoteSession.ts";
import { type BufferPair, byteCollector } from "./byteBuffers.ts";
import { errorFromSocket } from "./classifyError.ts";
import { watchSilence } from "./watchSilence.ts";

export type ByteReceiver = {
  /** For the socket of a plain data connection: the system reads straight into our buffers. */
  readonly onread: OnReadOpts;
  /**
   * Moves bytes from the connection to the sink until the other side ends it; resolves to their number when the sink has them all.
   * `readsDirectly`: the socket was opened with `onread`. Rejects with the sink's error, `transfer-aborted` when the connection breaks, or `connection-timeout` after silence.
   */
  readonly receive: (socket: Socket, readsDirectly: boolean) => Promise<number>;
  /** The bytes wanted have come, and more would. */
  readonly hasStopped: () => boolean;
};

export type ReceiverOptions = {
  readonly buffers: BufferPair;
  readonly sink: ByteSink;
  readonly onBytes: (count: number) => void;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Bytes that should come; null: unknown. More than that is stopped at once with the error that `tooMany` makes. */
  readonly expected: number | null;
  readonly tooMany: () => AppError;
  /** How many bytes are wanted, asked as they come; the rest of the data is left alone. Default: all. */
  readonly wanted?: () => number;
  /** How fast; without: as fast as they come. */
  readonly allowance?: Allowance | undefined;
};

export function byteReceiver(options: ReceiverOptions): ByteReceiver {
  const { buffers, sink, clock, onBytes, timeoutMs, expected, tooMany, allowance } = options;
  const { wanted = () => Number.POSITIVE_INFINITY } = options;
  let received = 0;
  let hasStopped = false;
  /** The speed limit keeps us: what waits on the wire is not silence. */
  let isHeld = false;
  let resume = () => {};
  const done = Promise.withResolvers<number>();
  done.promise.catch(() => {}); // for the time before, or without, receive

  const collector = byteCollector({ buffers, sink, clock, onBytes, onSpace: () => goOn(), onError: done.reject });

  /** Not before the sink has let go of the buffers: the next transfer fills them again. What has come is kept, for a resume. */
  const settle = (finish: () => void) => {
    collector.drain().then(finish, done.reject);
  };
  const finish = () => settle(() => done.resolve(received));
  const fail = (error: Error) => settle(() => done.reject(error));

  function count(bytes: number): void {
    if (hasStopped) return;
    const missing = Math.max(wanted() - received, 0);
    hasStopped = bytes >= missing;
    const taken = Math.min(bytes, missing);
    received += taken;
    if (expected !== null && received > expected) fail(tooMany());
    else collector.advance(taken);
    if (hasStopped) finish();
  }

  function holdFor(bytes: number): void {
    const wait = allowance?.take(bytes) ?? null;
    if (wait === null) return;
    isHeld = true;
    wait.then(() => {
      isHeld = false;
      goOn();
    });
  }

  const mayRead = () => !collector.isFull && !isHeld && !hasStopped;
  const goOn = () => {
    if (mayRead()) resume();
  };

  /** Where the system reads to: no more at once than the speed limit likes. */
  function nextRead(): Uint8Array {
    const most = allowance?.pieceBytes() ?? null;
    return most === null ? collector.target() : collector.target().subarray(0, most);
  }

  /** TLS hands out records of at most 16 KiB, an accepted socket 64 KiB, each in memory of its own: joined here, they cost one write per MiB. */
  function copy(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !hasStopped; ) {
      const target = collector.target();
      const part = chunk.subarray(at, at + target.length);
      target.set(part);
      at += part.length;
      count(part.length);
    }
  }

  /** A reset after the last byte is a rude end, not a loss; the final reply will tell. */
  const failUnlessComplete = (error: Error) => {
    if (received === expected) finish();
    else fail(errorFromSocket(error, "Receiving", "transfer-aborted"));
  };
  const failWhenBroken = (socket: Socket) => {
    if (!socket.readableEnded) failUnlessComplete(new AppError("transfer-aborted", "The data connection broke"));
  };

  return {
    onread: {
      buffer: nextRead,
      callback: (bytes) => {
        count(bytes);
        holdFor(bytes);
        return mayRead();
      },
    },
    hasStopped: () => hasStopped,
    receive: (socket, readsDirectly) => {
      resume = () => socket.resume();
      if (!readsDirectly) {
        socket.on("data", (chunk: Buffer) => {
          const { length } = chunk;
          copy(chunk);
          release(chunk);
          holdFor(length);
          if (!mayRead()) socket.pause();
        });
        socket.resume(); // an accepted one is paused
      }
      socket
        .on("error", failUnlessComplete)
        .once("end", finish)
        .once("close", () => failWhenBroken(socket));
      if (socket.readableEnded) finish();
      else if (socket.destroyed) failWhenBroken(socket);
      const forgetSilence = watchSilence(socket, timeoutMs, () => !collector.isWriting && !isHeld, fail);
      return done.promise.finally(forgetSilence);
    },
  };
}

/**
 * Gives the memory of a chunk back at once. Left to the garbage collector, which comes around every 32 MiB to look at all there is, it costs
 * more than the decryption.
 */
function release({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
