import { lstatSync, realpathSync } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { AppError } from "../../../shared/errors/appError.ts";
import { nameKey, namePlatformOf } from "./localNames.ts";

/** Knows that a folder lies where its path says. */
export type FolderPlaces = {
  /** Rejects with `local-permission` when `folder` lies outside `root`, or a link on the way leads elsewhere. */
  readonly refuseDetour: (root: string, folder: string) => Promise<void>;
};

/** The same for a thread that may wait for the disk; throws instead. */
export type FolderPlacesInThread = { readonly refuseDetour: (root: string, folder: string) => void };

type Identity = { readonly dev: bigint; readonly ino: bigint };

const trustedForMs = 5_000; // as long as files of one folder follow each other
const rememberedFolders = 64;

/**
 * Walks the whole way to a folder once. After that the folder is only recognised: another one in its place, or a link, is another
 * inode, and the way is walked again. The very same folder moved away and linked back is recognised too, for as long as the memory lasts.
 */
export function rememberFolderPlaces(now: () => number): FolderPlaces {
  const places = rememberIdentities(now);
  return {
    refuseDetour: async (root, folder) => {
      if (pathBelow(root, folder) === "") return;
      const found = await lstat(folder, { bigint: true });
      if (places.knows(root, folder, found)) return;
      await walkTo(root, folder);
      places.note(root, folder, found);
    },
  };
}

export function rememberFolderPlacesInThread(now: () => number): FolderPlacesInThread {
  const places = rememberIdentities(now);
  return {
    refuseDetour: (root, folder) => {
      const below = pathBelow(root, folder);
      if (below === "") return;
      const found = lstatSync(folder, { bigint: true });
      if (places.knows(root, folder, found)) return;
      refuseOther(realpathSync.native(root), realpathSync.native(folder), below, folder);
      places.note(root, folder, found);
    },
  };
}

/** For whoever makes a single thing: nothing is remembered. */
export const freshPlaces: FolderPlaces = { refuseDetour: walkTo };

function rememberIdentities(now: () => number) {
  const known = new Map<string, Identity & { readonly untilMs: number }>();
  return {
    knows: (root: string, folder: string, { dev, ino }: Identity): boolean => {
      const key = `${root}\0${folder}`;
      const before = known.get(key);
      const isSame = before !== undefined && before.dev === dev && before.ino === ino && before.untilMs > now();
      if (!isSame) known.delete(key);
      return isSame;
    },
    note: (root: string, folder: string, { dev, ino }: Identity): void => {
      known.set(`${root}\0${folder}`, { dev, ino, untilMs: now() + trustedForMs });
      const oldest = known.keys().next().value;
      if (known.size > rememberedFolders && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** A folder that has become a link since it was made would lead elsewhere: compare where it really lies. */
async function walkTo(root: string, folder: string): Promise<void> {
  const below = pathBelow(root, folder);
  if (below === "") return;
  const [realRoot, realFolder] = await Promise.all([realpath(root), realpath(folder)]);
  refuseOther(realRoot, realFolder, below, folder);
}

function refuseOther(realRoot: string, realFolder: string, below: string, folder: string): void {
  const platform = namePlatformOf(process.platform);
  if (nameKey(realFolder, platform) === nameKey(join(realRoot, below), platform)) return;
  throw new AppError("local-permission", "A link leads out of the folder that was chosen", { path: folder });
}

function pathBelow(root: string, folder: string): string {
  const below = relative(root, folder);
  if (below === ".." || below.startsWith(`..${sep}`) || resolve(root, below) !== resolve(folder)) {
    throw new AppError("local-permission", "The folder lies outside the one that was chosen", { path: folder });
  }
  return below;
}
