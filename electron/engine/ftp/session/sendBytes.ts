import type { Socket } from "node:net";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { ByteSource } from "../../sessions/remoteSession.ts";
import type { BufferPair } from "./byteBuffers.ts";
import { errorFromSocket } from "./classifyError.ts";
import { cancelled } from "./waiting.ts";
import { watchSilence } from "./watchSilence.ts";

export type SendOptions = {
  readonly source: ByteSource;
  /** Bytes the source has promised; null: it sees to that itself. */
  readonly length: number | null;
  readonly buffers: BufferPair;
  readonly onBytes: (count: number) => void;
  readonly timeoutMs: number;
  /** Fires when the transfer is given up, before the connection is broken off: nothing is read or written from then on. */
  readonly signal: AbortSignal;
};

/**
 * Sends all that the source gives and ends the connection in order; the next read runs while the last one is being sent. Resolves to
 * the number of bytes. Rejects with the source's error, `local-changed` when it ends early or late, `transfer-aborted` or `connection-timeout`; the connection is then still open.
 */
export async function sendBytes(socket: Socket, options: SendOptions): Promise<number> {
  const { source, length, buffers, onBytes, timeoutMs, signal } = options;
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {}); // raced below; nobody may be racing when it comes
  const fail = (error: Error) => broken.reject(errorFromSocket(error, "Sending", "transfer-aborted"));
  let isOver = false;
  socket.on("error", fail).on("close", () => {
    if (!isOver) fail(new AppError("transfer-aborted", "The data connection broke"));
  });
  socket.resume(); // nothing is expected but TLS tickets and the end
  let isReading = true;
  const forgetSilence = watchSilence(socket, timeoutMs, () => !isReading, broken.reject);
  let [current, next] = buffers;
  const beginReading = (into: Uint8Array) => {
    const reading = source.read(into);
    reading.catch(() => {}); // looked at when the write before it is done
    return reading;
  };
  let reading = beginReading(current);
  let sent = 0;
  try {
    for (;;) {
      isReading = true;
      const count = await Promise.race([reading, broken.promise]);
      isReading = false;
      if (count === 0) break;
      if (signal.aborted) throw cancelled();
      reading = beginReading(next);
      // The source may have given the transfer up. A write into TLS over a socket that was reset this very turn crashes Node 24.
      if (signal.aborted) throw cancelled();
      await Promise.race([write(socket, current.subarray(0, count)), broken.promise]);
      sent += count;
      onBytes(count);
      [current, next] = [next, current];
    }
    if (signal.aborted) throw cancelled();
    // Ended in order now, the short file would count as complete.
    if (length !== null && sent !== length)
      throw new AppError("local-changed", `The file gave ${sent} of ${length} bytes`);
    await Promise.race([endInOrder(socket), broken.promise]);
    return sent;
  } finally {
    isOver = true;
    forgetSilence();
    await reading.catch(() => {}); // the buffers are the next transfer's
  }
}

function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(errorFromSocket(error, "Sending", "transfer-aborted")) : resolve()));
  });
}

function endInOrder(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.end(resolve));
}
