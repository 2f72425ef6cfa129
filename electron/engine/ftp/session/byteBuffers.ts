import type { Clock } from "../../ports.ts";
import type { ByteSink } from "../../sessions/remoteSession.ts";

export type BufferPair = readonly [Uint8Array, Uint8Array];

/**
 * Two buffers of 1 MiB: reads and writes of that size are what makes transfers fast. One pair serves a session all its life. Shared memory:
 * another thread may hash what they hold.
 */
export function allocateBuffers(): BufferPair {
  const allocate = () => new Uint8Array(new SharedArrayBuffer(bufferBytes));
  return [allocate(), allocate()];
}

const bufferBytes = 1024 * 1024;

/**
 * Between a socket and a sink: bytes collect in one buffer while the other is being written, so that reads and writes are few and
 * large and neither waits for the other longer than it must.
 */
export type ByteCollector = {
  /** Where the next read goes. While `isFull` it names the buffer being written: stop reading until `onSpace`. */
  readonly target: () => Uint8Array;
  /** `count` bytes have been put into `target()`. Few of them wait for company: for a moment, or until `drain`. */
  readonly advance: (count: number) => void;
  readonly isFull: boolean;
  /** True while the sink is busy: silence on the wire is then our own. */
  readonly isWriting: boolean;
  /** Resolves when the sink has taken everything, or has failed. */
  readonly drain: () => Promise<void>;
};

export type CollectorOptions = {
  readonly buffers: BufferPair;
  readonly sink: ByteSink;
  readonly clock: Clock;
  readonly onBytes: (count: number) => void;
  readonly onSpace: () => void;
  readonly onError: (error: unknown) => void;
};

const leastRead = 64 * 1024; // a smaller rest is not worth a system call
const worthWriting = 512 * 1024; // half a buffer: TLS brings 16 KiB at a time, and a write of its own costs each of them more than the decryption
const lullMs = 20; // nobody sees bytes come later by this

export function byteCollector({ buffers, sink, clock, onBytes, onSpace, onError }: CollectorOptions): ByteCollector {
  let [filling, other] = buffers;
  let begin = 0; // what lies before is written, or being written
  let filled = 0;
  let isWriting = false;
  let hasFailed = false;
  let lastWrite = Promise.resolve();
  let stopTimer: (() => void) | null = null;

  const isFull = () => filling.length - filled < Math.min(leastRead, filling.length);
  const isWorthWriting = () => isFull() || filled - begin >= worthWriting;

  /** Only who knows that nobody reads into `filling` right now may turn to the other buffer: some systems begin a read long before it ends. */
  function flush({ turns }: { readonly turns: boolean }): void {
    if (isWriting || hasFailed || filled === begin) return;
    forgetTimer();
    const bytes = filling.subarray(begin, filled);
    begin = filled;
    if (turns) {
      [filling, other] = [other, filling];
      [begin, filled] = [0, 0];
    }
    isWriting = true;
    lastWrite = write(bytes);
  }

  async function write(bytes: Uint8Array): Promise<void> {
    try {
      await sink.write(bytes);
      onBytes(bytes.length);
    } catch (error) {
      hasFailed = true;
      onError(error);
    } finally {
      isWriting = false;
    }
    if (hasFailed) return;
    if (isFull()) {
      flush({ turns: true }); // reading has stopped
      onSpace();
    } else if (isWorthWriting()) flush({ turns: false });
    else flushSoon();
  }

  function flushSoon(): void {
    if (filled === begin || isWriting || hasFailed) return;
    stopTimer ??= clock.setTimer(lullMs, () => {
      stopTimer = null;
      flush({ turns: false });
    });
  }

  function forgetTimer(): void {
    stopTimer?.();
    stopTimer = null;
  }

  return {
    target: () => (isFull() ? other : filling.subarray(filled)),
    advance: (count) => {
      filled += count;
      if (isWorthWriting()) flush({ turns: true });
      else flushSoon();
    },
    get isFull() {
      return isFull();
    },
    get isWriting() {
      return isWriting;
    },
    drain: async () => {
      while (isWriting || (filled > begin && !hasFailed)) {
        flush({ turns: false });
        await lastWrite;
      }
      forgetTimer();
    },
  };
}
