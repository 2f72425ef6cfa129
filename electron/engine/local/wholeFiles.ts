import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import type { FolderPlacesInThread } from "./folderPlaces.ts";
import { systemCodeOf, toLocalError } from "./localErrors.ts";
import { numberedName, withSuffix } from "./localNames.ts";
import { hasNoHardLinks, localPathIn } from "./partialFile.ts";

/**
 * What is done with a small file in one go, for a thread that may wait for the disk. As ten jobs of the thread pool, each with its two
 * wake-ups, the same costs ten times as much. Larger files are moved in pieces: they can be stopped and gone on with.
 */
export const wholeFileBytes = 64 * 1024;

/** A name in a folder below `root`, the folder that the user chose. */
export type TargetName = { readonly root: string; readonly folder: string; readonly name: string };

export type FreePlace = {
  /** Nothing stands at the name. */
  readonly isFree: boolean;
  /** A name beside it for the unfinished file, that nothing stands at either. */
  readonly partName: string;
};

export type Arrival = TargetName & {
  readonly partName: string;
  readonly bytes: Uint8Array;
  /** null: the time of arrival. */
  readonly modifiedMs: number | null;
  readonly mode: number;
};

/** A file's bytes, and the facts that were true before and after they were read. null: no small plain file, or one being written to. */
export type Departure = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly size: number;
  readonly mtimeMs: number;
} | null;

/** Looks only; `putFile` looks again. */
export function findFreePlace({ folder, name }: TargetName): FreePlace {
  for (let count = 1; ; count++) {
    const partName = withSuffix(numberedName(name, count), ".part");
    if (isFree(localPathIn(folder, partName))) return { isFree: isFree(localPathIn(folder, name)), partName };
  }
}

/**
 * Writes a file that was not there, at once and whole. False when something stands at one of its names: then nothing has been done. What
 * fails leaves no unfinished file behind.
 */
export function putFile(arrival: Arrival, places: FolderPlacesInThread): boolean {
  const { root, folder, name, partName } = arrival;
  const path = localPathIn(folder, name);
  const partPath = localPathIn(folder, partName);
  try {
    places.refuseDetour(root, folder);
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
    const file = openSync(partPath, O_WRONLY | O_CREAT | O_EXCL | (O_NOFOLLOW ?? 0), 0o600); // Windows has no O_NOFOLLOW
    try {
      fill(file, arrival);
      return moveOntoNothing(partPath, path);
    } catch (error) {
      removeIfThere(partPath);
      throw error;
    }
  } catch (error) {
    if (systemCodeOf(error) === "EEXIST") return false;
    throw toLocalError(error, path);
  }
}

function fill(file: number, { bytes, modifiedMs, mode }: Arrival): void {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fchmodSync(file, mode);
    if (modifiedMs !== null) futimesSync(file, Date.now() / 1000, modifiedMs / 1000);
  } finally {
    closeSync(file);
  }
}

/** Reads a file to be sent. */
export function takeFile(path: string): Departure {
  try {
    const file = openSync(path, "r"); // follows links: a link to a file is sent as the file
    try {
      const before = fstatSync(file);
      if (!before.isFile() || before.size > wholeFileBytes) return null;
      const bytes = new Uint8Array(before.size);
      const count = before.size === 0 ? 0 : readSync(file, bytes);
      const { size, mtimeMs } = fstatSync(file);
      return count === size && size === before.size && mtimeMs === before.mtimeMs ? { bytes, size, mtimeMs } : null;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw toLocalError(error, path);
  }
}

function isFree(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    throw toLocalError(error, path);
  }
}

/** A hard link cannot replace anything; file systems without them get the next best. */
function moveOntoNothing(from: string, to: string): boolean {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!hasNoHardLinks(error) || !isFree(to)) throw error;
    renameSync(from, to);
    return true;
  }
  removeIfThere(from);
  return true;
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (systemCodeOf(error) !== "ENOENT") throw error;
  }
}
