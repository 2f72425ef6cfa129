import { lstat, realpath } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { AppError } from "../../../shared/errors/appError.ts";
import { nameKey, namePlatformOf } from "./localNames.ts";

/** Knows that a folder lies where its path says. */
export type FolderPlaces = {
  /** Rejects with `local-permission` when `folder` lies outside `root`, or a link on the way leads elsewhere. */
  readonly refuseDetour: (root: string, folder: string) => Promise<void>;
};

type Known = { readonly dev: bigint; readonly ino: bigint; readonly untilMs: number };

const trustedForMs = 5_000; // as long as files of one folder follow each other
const rememberedFolders = 64;

/**
 * Walks the whole way to a folder once. After that the folder is only recognised: another one in its place, or a link, is another
 * inode, and the way is walked again. The very same folder moved away and linked back is recognised too, for as long as the memory lasts.
 */
export function rememberFolderPlaces(now: () => number): FolderPlaces {
  const known = new Map<string, Known>();

  async function refuseDetour(root: string, folder: string): Promise<void> {
    if (pathBelow(root, folder) === "") return;
    const key = `${root}\0${folder}`;
    const before = known.get(key);
    const { dev, ino } = await lstat(folder, { bigint: true });
    if (before !== undefined && before.dev === dev && before.ino === ino && before.untilMs > now()) return;
    known.delete(key);
    await walkTo(root, folder);
    known.set(key, { dev, ino, untilMs: now() + trustedForMs });
    const oldest = known.keys().next().value;
    if (known.size > rememberedFolders && oldest !== undefined) known.delete(oldest);
  }

  return { refuseDetour };
}

/** For whoever makes a single thing: nothing is remembered. */
export const freshPlaces: FolderPlaces = { refuseDetour: walkTo };

/** A folder that has become a link since it was made would lead elsewhere: compare where it really lies. */
async function walkTo(root: string, folder: string): Promise<void> {
  const below = pathBelow(root, folder);
  if (below === "") return;
  const [realRoot, realFolder] = await Promise.all([realpath(root), realpath(folder)]);
  const expected = nameKey(join(realRoot, below), namePlatformOf(process.platform));
  if (nameKey(realFolder, namePlatformOf(process.platform)) !== expected) {
    throw new AppError("local-permission", "A link leads out of the folder that was chosen", { path: folder });
  }
}

function pathBelow(root: string, folder: string): string {
  const below = relative(root, folder);
  if (below === ".." || below.startsWith(`..${sep}`) || resolve(root, below) !== resolve(folder)) {
    throw new AppError("local-permission", "The folder lies outside the one that was chosen", { path: folder });
  }
  return below;
}
