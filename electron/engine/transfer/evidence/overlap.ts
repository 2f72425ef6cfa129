import { AppError } from "../../../../shared/errors/appError.ts";
import type { ByteSink, RemoteSession } from "../../sessions/remoteSession.ts";

/** How much of what lies on both sides is compared before a transfer goes on, and at its end where that is wanted. */
export const overlapBytes = 64 * 1024;

/**
 * Takes bytes that the disk holds already and compares them; what follows goes to `sink`. Rejects with `resume-refused` at the first
 * byte that differs, before anything is written.
 */
export function overlapSink(held: Uint8Array, sink: ByteSink, path: string): ByteSink {
  let compared = 0;
  return {
    write: async (bytes) => {
      const overlap = bytes.subarray(0, held.length - compared);
      if (Buffer.compare(overlap, held.subarray(compared, compared + overlap.length)) !== 0) {
        throw new AppError("resume-refused", overlapDiffers, { path });
      }
      compared += overlap.length;
      if (overlap.length < bytes.length) await sink.write(bytes.subarray(overlap.length));
    },
  };
}

export type RemoteTail = {
  readonly path: string;
  /** Where the file on the server ends, or is taken to end. */
  readonly end: number;
  /** Where it really ends; without: at `end`. */
  readonly size?: number;
  /** The bytes in front of it, as they are on our side. */
  readonly held: Uint8Array;
};

/**
 * Reads the end of a file on the server and compares it. False when it is something else, or ends elsewhere; rejects with what a download
 * rejects with, where it cannot be read.
 */
export async function isSameTail(
  session: RemoteSession,
  { path, end, size = end, held }: RemoteTail,
  signal: AbortSignal,
): Promise<boolean> {
  let count = 0;
  let isSame = true;
  const sink: ByteSink = {
    write: async (bytes) => {
      isSame &&= Buffer.compare(bytes, held.subarray(count, count + bytes.length)) === 0;
      count += bytes.length;
    },
  };
  try {
    const offset = end - held.length;
    const request = { path, offset, size, sink, onBytes: () => {} };
    await session.download(end < size ? { ...request, endOffset: () => end } : request, signal);
  } catch (error) {
    const isElsewhere = error instanceof AppError && ["resume-refused", "incomplete"].includes(error.kind);
    if (!isElsewhere || error.reply !== undefined) throw error;
    return false;
  }
  return isSame && count === held.length;
}

/** What an error says that is about different bytes, and not about a server that refuses. */
export const overlapDiffers = "The server’s bytes are not those that lie here already";
