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
  /** `count` bytes have been put into `target()`. They may wait for company until the next call, or for `drain`. */
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
  readonly onBytes: (count: number) => void;
  readonly onSpace: () => void;
  readonly onError: (error: unknown) => void;
};

const leastRead = 64 * 1024; // a smaller rest is not worth a system call

export function byteCollector({ buffers, sink, onBytes, onSpace, onError }: CollectorOptions): ByteCollector {
  let [filling, other] = buffers;
  let filled = 0;
  let isWriting = false;
  let hasFailed = false;
  let lastWrite = Promise.resolve();

  const isFull = () => filling.length - filled < Math.min(leastRead, filling.length);

  function flush(): void {
    if (isWriting || hasFailed || filled === 0) return;
    const bytes = filling.subarray(0, filled);
    [filling, other] = [other, filling];
    filled = 0;
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
    // A reader that was not stopped may be reading into `filling` right now: only a full buffer changes hands from here.
    if (!isFull() || hasFailed) return;
    flush();
    onSpace();
  }

  return {
    target: () => (isFull() ? other : filling.subarray(filled)),
    advance: (count) => {
      filled += count;
      flush();
    },
    get isFull() {
      return isFull();
    },
    get isWriting() {
      return isWriting;
    },
    drain: async () => {
      while (isWriting || (filled > 0 && !hasFailed)) {
        flush();
        await lastWrite;
      }
    },
  };
}
