import { randomUUID } from "node:crypto";
import { constants, type Dirent } from "node:fs";
import { mkdir, open, readdir, rm, rmdir, unlink, utimes } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { AppError } from "../../../shared/errors/appError.ts";
import { throwIfCancelled } from "../util/cancel.ts";
import { toLocalError } from "./localErrors.ts";
import type { DroppedSource } from "./localFolders.ts";

/** Files dropped from an operating system onto a page: a page has no paths, so their bytes wait here until they are uploaded. */
export type Staging = {
  /** A folder for one drop. */
  readonly open: () => Promise<string>;
  /**
   * One file of a drop, at "a/b.txt" below it; an empty folder comes as "a/b/" without bytes. Rejects with `invalid-input` for a
   * path that is not plain, and leaves no half a file behind.
   */
  readonly receive: (
    dropId: string,
    relativePath: string,
    bytes: AsyncIterable<Uint8Array>,
    modifiedMs: number | null,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Everything has arrived: what lies at the top of the drop. */
  readonly close: (dropId: string) => Promise<DroppedSource[]>;
  /** Removes a drop, open or closed, unless a transfer needs it; files that still arrive for it are given up. */
  readonly abandon: (dropId: string, isNeeded: (folder: string) => boolean) => Promise<void>;
  /** Removes an uploaded file and the folders it leaves empty. Paths elsewhere are left alone. */
  readonly forget: (path: string) => Promise<void>;
  /** Removes what a transfer was to upload and will not: a file, or a folder unless others need what is in it. Paths elsewhere stay. */
  readonly giveUp: (path: string, isNeeded: (folder: string) => boolean) => Promise<void>;
  /** Removes drops that nobody needs any more. */
  readonly removeLeftOvers: (isNeeded: (folder: string) => boolean) => Promise<void>;
};

const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const longestSegment = 255; // bytes; what the file systems take

export function createStaging(root: string, describeSource: (path: string) => Promise<DroppedSource>): Staging {
  /** By their ids; who abandons a drop aborts what still arrives for it. */
  const openDrops = new Map<string, AbortController>();

  const openDrop = (dropId: string) => {
    const drop = openDrops.get(dropId);
    if (!drop) throw new AppError("invalid-input", "This drop is not open");
    return { folder: join(root, dropId), abandoned: drop.signal };
  };

  /** The folders around a path that hold nothing any more. */
  const removeEmptyFolders = async (path: string) => {
    for (let folder = dirname(path); isBelow(root, folder); folder = dirname(folder)) {
      if (openDrops.has(relative(root, folder))) return;
      const isGone = await rmdir(folder).then(
        () => true,
        () => false, // not empty: other files of the drop still wait
      );
      if (!isGone) return;
    }
  };

  return {
    open: async () => {
      const dropId = randomUUID();
      await mkdir(join(root, dropId), { recursive: true, mode: 0o700 });
      openDrops.set(dropId, new AbortController());
      return dropId;
    },
    receive: async (dropId, relativePath, bytes, modifiedMs, signal) => {
      const { folder, abandoned } = openDrop(dropId);
      const isFolder = relativePath.endsWith("/");
      const segments = splitPath(isFolder ? relativePath.slice(0, -1) : relativePath);
      const path = join(folder, ...segments);
      try {
        await mkdir(isFolder ? path : dirname(path), { recursive: true, mode: 0o700 });
        if (!isFolder) await writeWhole(path, bytes, modifiedMs, AbortSignal.any([signal, abandoned]));
      } catch (error) {
        throw toLocalError(error, relativePath);
      } finally {
        if (abandoned.aborted) await removeTree(folder); // this file may have made it again
      }
    },
    close: async (dropId) => {
      const { folder } = openDrop(dropId);
      openDrops.delete(dropId);
      return Promise.all((await namesIn(folder)).map(({ name }) => describeSource(join(folder, name))));
    },
    abandon: async (dropId, isNeeded) => {
      if (!idShape.test(dropId)) throw new AppError("invalid-input", "There is no such drop");
      const folder = join(root, dropId);
      openDrops.get(dropId)?.abort();
      openDrops.delete(dropId);
      if (!isNeeded(folder)) await removeTree(folder);
    },
    forget: async (path) => {
      if (!isBelow(root, path)) return;
      await unlink(path).catch(() => {});
      await removeEmptyFolders(path);
    },
    giveUp: async (path, isNeeded) => {
      if (!isBelow(root, path) || isNeeded(path)) return;
      await removeTree(path);
      await removeEmptyFolders(path);
    },
    removeLeftOvers: async (isNeeded) => {
      for (const { name } of await namesIn(root)) {
        const folder = join(root, name);
        if (!openDrops.has(name) && !isNeeded(folder)) await removeTree(folder);
      }
    },
  };
}

/** "a/b.txt" as plain segments: no way leads out of the drop. */
function splitPath(path: string): string[] {
  const segments = path.split("/");
  if (!segments.every(isPlain)) throw new AppError("invalid-input", "A dropped file has a name that cannot be kept");
  return segments;
}

function isPlain(segment: string): boolean {
  const isTooLong = Buffer.byteLength(segment) > longestSegment;
  return segment !== "" && segment !== "." && segment !== ".." && !isTooLong && !/[\0\\]/.test(segment);
}

/** Exclusive, and not through a link: a second file of the same path is a mistake of the sender. */
async function writeWhole(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  modifiedMs: number | null,
  signal: AbortSignal,
) {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const file = await open(path, flags, 0o600);
  try {
    for await (const chunk of bytes) {
      throwIfCancelled(signal);
      await file.writeFile(chunk);
    }
    throwIfCancelled(signal);
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  await file.close();
  if (modifiedMs !== null) await utimes(path, modifiedMs / 1000, modifiedMs / 1000);
}

async function removeTree(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }); // a file that just arrives makes it "not empty" once more
}

async function namesIn(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !/^([a-zA-Z]:)?[\\/]/.test(way);
}
