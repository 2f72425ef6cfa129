import { createInflate, type Inflate } from "node:zlib";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { ByteSink } from "../../sessions/remoteSession.ts";
import { type ByteReceiver, byteReceiver, type ReceiverOptions } from "./receiveBytes.ts";

/**
 * A receiver for MODE Z (draft-preston-ftpext-deflate): one zlib stream (RFC 1950) per transfer. Counts, checks and hands on the bytes of
 * the file, not those of the wire. What a small stream blows up to is handed on piece by piece as the sink takes it, so that it fills no
 * memory. A stream that is damaged, cut short or followed by anything is `incomplete`.
 */
export function deflatedReceiver(options: ReceiverOptions): ByteReceiver {
  const inflating = inflateInto(options);
  const wire = byteReceiver({ ...options, sink: inflating.sink, onBytes: () => {}, expected: null });
  return {
    onread: wire.onread,
    hasStopped: wire.hasStopped,
    receive: async (socket, readsDirectly) => {
      try {
        await wire.receive(socket, readsDirectly);
        return await inflating.finish();
      } finally {
        inflating.close();
      }
    },
  };
}

type Inflating = {
  readonly sink: ByteSink;
  /** The wire has ended: resolves to the number of bytes that came out when the sink has them all. */
  readonly finish: () => Promise<number>;
  readonly close: () => void;
};

type Target = Pick<ReceiverOptions, "sink" | "onBytes" | "expected" | "tooMany">;
type Running = { readonly inflate: Inflate; readonly drained: Promise<number> };

const pieceBytes = 256 * 1024; // few large writes to the sink

function inflateInto(target: Target): Inflating {
  let running: Running | null = null;
  let taken = 0;

  function begin(): Running {
    const inflate = createInflate({ chunkSize: pieceBytes });
    const drained = drain(inflate, target);
    drained.catch(() => {}); // looked at by the write it stops, or at the end
    return { inflate, drained };
  }

  return {
    sink: {
      write: async (bytes) => {
        running ??= begin();
        taken += bytes.length;
        const { inflate, drained } = running;
        // A stream that has ended takes nothing more, and never says so to the write; one that has failed says why in `drained`.
        await Promise.race([put(inflate, bytes).catch(() => drained), drained]);
      },
    },
    finish: async () => {
      if (running === null) return 0; // ProFTPD sends nothing at all for an empty file
      running.inflate.end();
      const count = await running.drained;
      if (running.inflate.bytesWritten < taken) throw damaged("something follows the compressed data");
      return count;
    },
    close: () => running?.inflate.destroy(),
  };
}

async function drain(inflate: Inflate, { sink, onBytes, expected, tooMany }: Target): Promise<number> {
  let count = 0;
  const pieces: AsyncIterator<Buffer> = inflate[Symbol.asyncIterator]();
  for (;;) {
    const { value: piece, done } = await pieces
      .next()
      .catch((error) => Promise.reject(damaged("it is damaged", error)));
    if (done) return count;
    count += piece.length;
    if (expected !== null && count > expected) throw tooMany();
    await sink.write(piece);
    onBytes(piece.length);
  }
}

/** Resolves when the bytes are used up, so that they may be overwritten; rejects when the stream fails or is destroyed. */
function put(inflate: Inflate, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new Error("The stream was closed")); // zlib forgets the write it is busy with
    inflate.once("close", giveUp);
    inflate.write(bytes, (error) => {
      inflate.off("close", giveUp);
      if (error) reject(error);
      else resolve();
    });
  });
}

function damaged(what: string, cause?: unknown): AppError {
  return new AppError("incomplete", `The compressed data cannot be read: ${what}`, { cause });
}
