import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Crumb } from "../../../shared/contract/browse.ts";
import type { TransferSource } from "../../../shared/contract/queue.ts";
import { AppError } from "../../../shared/errors/appError.ts";
import type { Entry } from "../../../shared/models/entry.ts";
import type { Clock } from "../ports.ts";
import {
  createLocalFolder,
  moveLocalEntry,
  removeLocalFile,
  removeLocalFolder,
  setLocalPermissions,
} from "./changeLocal.ts";
import { toLocalError } from "./localErrors.ts";
import { listDrives, listLocalFolder } from "./localListing.ts";
import { createLocalPaths } from "./localPaths.ts";
import { watchLocalFolder } from "./watchLocalFolder.ts";

/** What a drop of local paths holds. */
export type DroppedSource = Omit<TransferSource, "type"> & { readonly type: "file" | "directory" };

/** The local file system as the panes see it. Paths are the system's own; every failure is an AppError of a local kind. */
export type LocalFolders = {
  readonly displayPath: (path: string) => string;
  readonly crumbs: (path: string) => readonly Crumb[];
  readonly parentOf: (path: string) => string | null;
  readonly list: (path: string, onEntries: (entries: readonly Entry[]) => void, signal: AbortSignal) => Promise<void>;
  readonly join: (folder: string, name: string) => string;
  /** Calls back when the folder changed on disk. Returns its undo. */
  readonly watch: (path: string, changed: () => void) => () => void;
  /** A typed path; rejects when it is not a folder that exists. */
  readonly resolve: (from: string, text: string) => Promise<string>;
  readonly create: (folder: string, name: string) => Promise<void>;
  readonly rename: (folder: string, name: string, newName: string) => Promise<void>;
  readonly move: (folder: string, name: string, targetFolder: string) => Promise<void>;
  /** A file, a link or anything else that is no folder. */
  readonly removeFile: (path: string) => Promise<void>;
  /** The folder must be empty. */
  readonly removeFolder: (path: string) => Promise<void>;
  readonly setPermissions: (path: string, mode: number) => Promise<void>;
  readonly describe: (path: string) => Promise<DroppedSource>;
};

export type LocalFoldersParts = {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly clock: Clock;
};

export function createLocalFolders({ platform, home, clock }: LocalFoldersParts): LocalFolders {
  const paths = createLocalPaths(platform);
  return {
    displayPath: (path) => path,
    crumbs: paths.crumbsOf,
    parentOf: paths.parentOf,
    list: async (path, onEntries, signal) => {
      if (paths.isDriveList(path)) onEntries(await listDrives());
      else await listLocalFolder(path, onEntries, signal);
    },
    join: paths.join,
    watch: (path, changed) => (paths.isDriveList(path) ? () => {} : watchLocalFolder(path, changed, clock)),
    resolve: async (from, text) => {
      const path = paths.resolve(from, text, home);
      if (!paths.isDriveList(path)) await expectFolder(path);
      return path;
    },
    create: (folder, name) => createLocalFolder(paths.join(folder, name)),
    rename: (folder, name, newName) => moveLocalEntry(paths.join(folder, name), paths.join(folder, newName)),
    move: (folder, name, targetFolder) => moveLocalEntry(paths.join(folder, name), paths.join(targetFolder, name)),
    removeFile: removeLocalFile,
    removeFolder: removeLocalFolder,
    setPermissions: setLocalPermissions,
    describe: describeSource,
  };
}

/** A dropped path as a source for the queue. A link is followed here: the user pointed at it. */
async function describeSource(path: string): Promise<DroppedSource> {
  try {
    const stats = await stat(path);
    if (!stats.isFile() && !stats.isDirectory()) {
      throw new AppError("invalid-input", "Only files and folders can be transferred", { path });
    }
    return {
      path,
      name: basename(path),
      type: stats.isDirectory() ? "directory" : "file",
      size: stats.isFile() ? stats.size : null,
      modifiedMs: Math.trunc(stats.mtimeMs),
    };
  } catch (error) {
    throw toLocalError(error, path);
  }
}

async function expectFolder(path: string): Promise<void> {
  try {
    const stats = await stat(path);
    if (!stats.isDirectory()) throw new AppError("not-a-directory", "This is not a folder", { path });
  } catch (error) {
    throw toLocalError(error, path);
  }
}
