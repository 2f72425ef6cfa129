import { open } from "node:fs/promises";
import type { SkipReason } from "../../../../shared/models/transfer.ts";
import { toLocalError } from "../../local/localErrors.ts";
import type { WholeFileDisk } from "../../local/wholeFileDisk.ts";
import { type Departure, wholeFileBytes } from "../../local/wholeFiles.ts";

/** A local file that is being sent. */
export type UploadSource = {
  /** As it was when it was opened. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Which file of the disk it is, by device and number; null: unknown. */
  readonly identity: string | null;
  /** Why this is nothing that can be sent; null: it can. */
  readonly unfit: SkipReason | null;
  /** Fills `into` with bytes from `position` on; resolves to their number. */
  readonly read: (into: Uint8Array, position: number) => Promise<number>;
  /** False when what has been read may be neither the old file nor the new one. */
  readonly isUnchanged: () => Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** Opens a file, following links. A small one is read at once and whole: what is sent is then one state of the file, whatever follows. */
export async function openUploadSource(path: string, size: number | null, disk: WholeFileDisk): Promise<UploadSource> {
  const isSmall = size !== null && size <= wholeFileBytes;
  const taken = isSmall ? await disk.take(path) : null;
  return taken === null ? openFile(path) : inMemory(taken);
}

function inMemory({ bytes, size, mtimeMs }: NonNullable<Departure>): UploadSource {
  return {
    size,
    mtimeMs,
    identity: null, // too small to be continued
    unfit: null,
    read: async (into, position) => {
      const piece = bytes.subarray(position, position + into.length);
      into.set(piece);
      return piece.length;
    },
    isUnchanged: async () => true,
    close: async () => {},
  };
}

async function openFile(path: string): Promise<UploadSource> {
  const { file, stats } = await openForReading(path);
  const { size, mtimeMs } = stats;
  return {
    size,
    mtimeMs,
    identity: stats.ino === 0 ? null : `${stats.dev}:${stats.ino}`,
    unfit: stats.isDirectory() ? "folder-link" : stats.isFile() ? null : "special-file",
    // Up to the size the file had at the start: what is added meanwhile is found out afterwards.
    read: async (into, position) => {
      const wanted = Math.min(into.length, size - position);
      return wanted <= 0 ? 0 : (await file.read(into, 0, wanted, position)).bytesRead;
    },
    isUnchanged: async () => {
      const after = await file.stat();
      return after.size === size && after.mtimeMs === mtimeMs;
    },
    close: () => file.close(),
  };
}

async function openForReading(path: string) {
  const file = await open(path, "r").catch((error) => Promise.reject(toLocalError(error, path)));
  try {
    return { file, stats: await file.stat() };
  } catch (error) {
    await file.close();
    throw toLocalError(error, path);
  }
}
