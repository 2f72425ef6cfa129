import { constants, type Stats } from "node:fs";
import { chmod, type FileHandle, link, lstat, mkdir, open, rename, unlink, utimes } from "node:fs/promises";
import { sep } from "node:path";
import { umask } from "node:process";
import { AppError } from "../../../shared/errors/appError.ts";
import type { ByteSink } from "../sessions/remoteSession.ts";
import { flushAhead } from "./flushAhead.ts";
import { type FolderPlaces, freshPlaces } from "./folderPlaces.ts";
import { systemCodeOf, toLocalError } from "./localErrors.ts";
import { numberedName, withSuffix } from "./localNames.ts";

/** A folder below the one the user chose. Everything a server names is made in here or not at all. */
export type LocalTarget = {
  /** The folder the user chose; links on the way to it are the user's own. */
  readonly root: string;
  /** `root`, or a folder below it that was made by `makeLocalFolder`. */
  readonly folder: string;
  /** What is known of the way there; without it the way is walked each time. */
  readonly places?: FolderPlaces;
};

export type PartialFile = {
  /** Where the next byte goes: what a continued download need not fetch again. */
  readonly offset: number;
  readonly sink: ByteSink;
  /** Writes what is still held back, and closes. Returns the bytes that lie on the disk now. May be called again. */
  readonly close: () => Promise<number>;
};

export type PartialOptions = {
  readonly keep: boolean;
  readonly isOurs: boolean;
  /** Bytes expected of the whole file; null: unknown. */
  readonly size: number | null;
  /** Told of the bytes as they go to the disk, in order. They stay as they are until it resolves; it never rejects. */
  readonly onWrite?: (bytes: Uint8Array) => Promise<void> | null;
};

/** What stood at the final name when it was decided to replace it; null: nothing. */
export type Replaced = { readonly size: number; readonly modifiedMs: number } | null;

/** The path of one name in a folder. The only place where a server's name becomes a local path; `name` comes from toLocalName. */
export function localPathIn(folder: string, name: string): string {
  const isSegment = name !== "" && name !== "." && name !== ".." && !name.includes("/") && !name.includes("\0");
  if (!isSegment || (sep === "\\" && /[\\:]/.test(name))) {
    throw new AppError("name-not-allowed", `"${name}" is not the name of a file`, { path: name });
  }
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}

/**
 * Makes a folder, or finds it there. A link or a file in its place is refused (`local-permission`, `not-a-directory`): what a server
 * names must not lead out of the folder the user chose. `isNew`: it was not there before.
 */
export async function makeLocalFolder(
  { root, folder }: LocalTarget,
  name: string,
): Promise<{ readonly path: string; readonly isNew: boolean }> {
  const path = localPathIn(folder, name);
  try {
    await freshPlaces.refuseDetour(root, folder);
    const isNew = await mkdir(path).then(
      () => true,
      (error) => (systemCodeOf(error) === "EEXIST" ? false : Promise.reject(error)),
    );
    const found = await lstat(path);
    if (found.isSymbolicLink())
      throw new AppError("local-permission", "A link stands where the folder should go", { path });
    if (!found.isDirectory())
      throw new AppError("not-a-directory", "A file stands where the folder should go", { path });
    return { path, isNew };
  } catch (error) {
    throw toLocalError(error, path);
  }
}

/** Facts of what stands at a name, the link itself where it is one; null when nothing does. */
export async function lookAt(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return null;
    throw toLocalError(error, path);
  }
}

/** A name beside `name` for its unfinished download, that nothing stands at. */
export async function choosePartName(folder: string, name: string): Promise<string> {
  for (let count = 1; ; count++) {
    const candidate = withSuffix(numberedName(name, count), ".part");
    if ((await lookAt(localPathIn(folder, candidate))) === null) return candidate;
  }
}

/**
 * Opens the unfinished download, never through a link. `keep`: go on behind what it holds already; otherwise it is begun anew.
 * A file that another program put there meanwhile is not touched when `isOurs` is false: `already-exists`.
 */
export async function openPartialFile(
  { root, folder, places = freshPlaces }: LocalTarget,
  partName: string,
  { keep, isOurs, size: expected, onWrite = () => null }: PartialOptions,
): Promise<PartialFile> {
  const path = localPathIn(folder, partName);
  try {
    await places.refuseDetour(root, folder);
    const { O_WRONLY, O_CREAT, O_EXCL, O_TRUNC, O_NOFOLLOW } = constants;
    const forOurs = keep ? 0 : O_TRUNC;
    const noFollow = O_NOFOLLOW ?? 0; // Windows has none; creating links there is a privilege
    const handle = await open(path, O_WRONLY | O_CREAT | noFollow | (isOurs ? forOurs : O_EXCL), 0o600);
    const { size } = keep ? await handle.stat() : { size: 0 };
    const capacity = Math.min(Math.max((expected ?? bufferBytes) - size, 1), bufferBytes);
    return openSink(handle, { path, offset: size, capacity, onWrite });
  } catch (error) {
    throw toLocalError(error, path);
  }
}

/** How long the unfinished download is; 0 when it is gone or is not a plain file. */
export async function partialSize(folder: string, partName: string): Promise<number> {
  const found = await lookAt(localPathIn(folder, partName));
  return found?.isFile() ? found.size : 0;
}

export type Finish = {
  readonly target: LocalTarget;
  readonly partName: string;
  readonly name: string;
  readonly replaced: Replaced;
  /** null: the time of arrival. */
  readonly modifiedMs: number | null;
  /** `newFileMode`, or the permissions of the file it replaces. */
  readonly mode: number;
};

/**
 * The unfinished download becomes the file, at once and whole. Rejects with `already-exists` when something else stands at the final
 * name than what was to be replaced.
 */
export async function finishPartialFile({ target, partName, name, replaced, modifiedMs, mode }: Finish): Promise<void> {
  const partPath = localPathIn(target.folder, partName);
  const path = localPathIn(target.folder, name);
  try {
    await (target.places ?? freshPlaces).refuseDetour(target.root, target.folder);
    await chmod(partPath, mode);
    if (modifiedMs !== null) await utimes(partPath, new Date(), modifiedMs / 1000);
    if (replaced === null) await moveOntoNothing(partPath, path);
    else await moveOnto(partPath, path, replaced);
  } catch (error) {
    throw toLocalError(error, path);
  }
}

/** A file of the user becomes an unfinished download, to be continued. */
export async function continueFile(folder: string, name: string, partName: string): Promise<void> {
  const path = localPathIn(folder, name);
  try {
    await rename(path, localPathIn(folder, partName));
  } catch (error) {
    throw toLocalError(error, path);
  }
}

/** Deletes an unfinished download; one that was the user's own file goes back to its name, if that is free. */
export async function discardPartialFile(folder: string, partName: string, ownName: string | null): Promise<void> {
  const path = localPathIn(folder, partName);
  try {
    if (ownName === null) await unlink(path).catch(ignore("ENOENT"));
    else await moveOntoNothing(path, localPathIn(folder, ownName)).catch(ignore("ENOENT", "EEXIST"));
  } catch (error) {
    throw toLocalError(error, path);
  }
}

/** Permissions of a new file: what the process may give, less its umask. */
export const newFileMode = 0o666 & ~umask();

const bufferBytes = 1024 * 1024; // few, large writes; TLS hands over 16 KiB at a time
const directBytes = 256 * 1024; // from here on a copy costs more than a write of its own
const syncBytes = 1024 * 1024; // below, a flush to the disk costs more than fetching the file again after a power cut

type SinkParts = Required<Pick<PartialOptions, "onWrite">> & {
  readonly path: string;
  readonly offset: number;
  readonly capacity: number;
};

function openSink(handle: FileHandle, { path, offset, capacity, onWrite }: SinkParts): PartialFile {
  let written = offset;
  let buffer: Uint8Array | null = null;
  let held = 0;
  let isOpen = true;
  const disk = flushAhead(handle);

  async function writeAll(bytes: Uint8Array): Promise<void> {
    const seen = onWrite(bytes);
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, written);
        done += bytesWritten;
        written += bytesWritten;
        disk.noteWritten(bytesWritten);
      }
    } finally {
      await seen;
    }
  }

  async function flush(): Promise<void> {
    if (buffer === null || held === 0) return;
    const count = held;
    held = 0;
    await writeAll(buffer.subarray(0, count));
  }

  async function write(bytes: Uint8Array): Promise<void> {
    try {
      if (held === 0 && bytes.length >= directBytes) return await writeAll(bytes);
      if (held + bytes.length > capacity) await flush();
      if (bytes.length >= capacity) return await writeAll(bytes);
      buffer ??= new Uint8Array(new SharedArrayBuffer(capacity)); // what looks at the bytes may be another thread
      buffer.set(bytes, held);
      held += bytes.length;
    } catch (error) {
      throw toLocalError(error, path);
    }
  }

  async function close(): Promise<number> {
    if (!isOpen) return written;
    isOpen = false;
    try {
      await flush();
      if (written >= syncBytes) await disk.finish();
    } catch (error) {
      throw toLocalError(error, path);
    } finally {
      await handle.close();
    }
    return written;
  }

  return { offset, sink: { write }, close };
}

/** A hard link cannot replace anything, so nothing that appeared meanwhile is lost; file systems without them get the next best. */
async function moveOntoNothing(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
    await unlink(from).catch(ignore("ENOENT"));
  } catch (error) {
    if (!hasNoHardLinks(error)) throw error;
    if ((await lookAt(to)) !== null)
      throw new AppError("already-exists", "A file has appeared meanwhile", { path: to });
    await rename(from, to);
  }
}

/** The file system refuses the link because it knows none (FAT, some network drives) or has had enough of them. */
export function hasNoHardLinks(error: unknown): boolean {
  return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EINVAL"].includes(systemCodeOf(error));
}

async function moveOnto(from: string, to: string, expected: NonNullable<Replaced>): Promise<void> {
  const found = await lookAt(to);
  const isExpected = found === null || (found.size === expected.size && found.mtimeMs === expected.modifiedMs);
  if (!isExpected) throw new AppError("already-exists", "The file has changed meanwhile", { path: to });
  await rename(from, to);
}

function ignore(...codes: readonly string[]): (error: unknown) => void {
  return (error) => {
    if (!codes.includes(systemCodeOf(error))) throw error;
  };
}
