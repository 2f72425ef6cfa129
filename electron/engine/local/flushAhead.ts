import type { FileHandle } from "node:fs/promises";

/** Sends what has been written to the disk while more arrives, so that the flush at the end has little left to do. */
export type FlushAhead = {
  readonly noteWritten: (count: number) => void;
  /** Everything written lies on the disk. Rejects when a flush failed, now or before: the system reports that only once. */
  readonly finish: () => Promise<void>;
};

const aheadBytes = 16 * 1024 * 1024; // fewer make the disk seek, more leave too much for the end

export function flushAhead(handle: Pick<FileHandle, "datasync">): FlushAhead {
  let unflushed = 0;
  let running: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  async function flush(): Promise<void> {
    try {
      await handle.datasync();
    } catch (error) {
      failure ??= { error };
    } finally {
      running = null;
    }
  }

  return {
    noteWritten: (count) => {
      unflushed += count;
      if (unflushed < aheadBytes || running !== null) return;
      unflushed = 0;
      running = flush();
    },
    finish: async () => {
      await running;
      if (failure === null) await flush();
      if (failure !== null) throw failure.error;
    },
  };
}
