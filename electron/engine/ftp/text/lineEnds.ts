import { AppError } from "../../../../shared/errors/appError.ts";
import type { ByteSink, ByteSource } from "../../sessions/remoteSession.ts";

const cr = 0x0d;
const lf = 0x0a;

/** A sink for text as it travels: bytes come in, line ends go out as this system writes them. */
export type TextSink = ByteSink & {
  /** No more bytes: writes what was held back. */
  readonly end: () => Promise<void>;
};

/**
 * TYPE A, server to client (RFC 959 §3.1.1.1): CR LF becomes `lineEnd`, exactly once; a CR or LF of its own stays as it came. Works in
 * the caller's buffers, which it overwrites. `onBytes` counts what `sink` has taken.
 */
export function textSink(sink: ByteSink, lineEnd: string, onBytes: (count: number) => void): TextSink {
  const isWireForm = lineEnd === "\r\n";
  /** A CR at the end of the last run: what it is, the next byte tells. */
  let holdsCr = false;

  const pass = async (bytes: Uint8Array) => {
    if (bytes.length === 0) return;
    await sink.write(bytes);
    onBytes(bytes.length);
  };
  const passHeld = async () => {
    holdsCr = false;
    await pass(Uint8Array.of(cr));
  };

  return {
    write: async (bytes) => {
      if (isWireForm) return pass(bytes);
      if (bytes.length === 0) return;
      if (holdsCr && bytes[0] !== lf) await passHeld();
      holdsCr = bytes.at(-1) === cr;
      await pass(withoutCrBeforeLf(holdsCr ? bytes.subarray(0, -1) : bytes));
    },
    end: async () => {
      if (holdsCr) await passHeld();
    },
  };
}

/**
 * TYPE A, client to server: a LF of its own becomes CR LF, and CR LF stays what it is. `onBytes` counts what has left `source`.
 * Rejects with `local-changed` where that does not end at `length`.
 */
export function textSource(source: ByteSource, length: number, onBytes: (count: number) => void): ByteSource {
  let taken = 0;
  let endsInCr = false;
  return {
    read: async (into) => {
      const half = into.length >> 1;
      const count = await source.read(into.subarray(half, half * 2));
      taken += count;
      // Ended in order now, the short file would count as complete.
      if (count === 0 && taken !== length) {
        throw new AppError("local-changed", `The file gave ${taken} of ${length} bytes`);
      }
      onBytes(count);
      const bytes = into.subarray(half, half + count);
      const written = writeWithCr(bytes, into, endsInCr);
      if (count > 0) endsInCr = bytes[count - 1] === cr;
      return written;
    },
  };
}

function withoutCrBeforeLf(bytes: Uint8Array): Uint8Array {
  let written = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === cr && bytes[at + 1] === lf) continue;
    bytes[written++] = byte;
  }
  return bytes.subarray(0, written);
}

/** `bytes` is the second half of `into`: written twice over at most, it never overtakes itself. */
function writeWithCr(bytes: Uint8Array, into: Uint8Array, comesAfterCr: boolean): number {
  let written = 0;
  let previous = comesAfterCr ? cr : 0;
  for (const byte of bytes) {
    if (byte === lf && previous !== cr) into[written++] = cr;
    into[written++] = byte;
    previous = byte;
  }
  return written;
}
