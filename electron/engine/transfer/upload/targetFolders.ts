import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry, TimePrecision } from "../../../../shared/models/entry.ts";
import { joinRemote } from "../../../../shared/models/remotePath.ts";
import type { Clock } from "../../ports.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";

/** What stands at an upload's target. */
export type TargetFacts = {
  readonly isFolder: boolean;
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly precision: TimePrecision;
};

/** What is known of one site's folders that are being uploaded to, so that a thousand files do not ask a thousand times. */
export type TargetFolders = {
  /** What stands at `name` in `folder`; null: nothing. From memory, or by asking the server. */
  readonly find: (
    session: RemoteSession,
    folder: string,
    name: string,
    signal: AbortSignal,
  ) => Promise<TargetFacts | null>;
  /** True when the folder shows what is in it: a drop-off folder looks empty, or cannot be read. Lists it where that is not known. */
  readonly showsFiles: (session: RemoteSession, folder: string, signal: AbortSignal) => Promise<boolean>;
  /** True when we made the folder, so that it holds what we put there and nothing else. */
  readonly isFresh: (folder: string) => boolean;
  /** True when we made the folder and have put nothing there under this name. */
  readonly isFree: (folder: string, name: string) => boolean;
  /** We have just made this folder: it is empty. */
  readonly noteFresh: (folder: string) => void;
  /** We have put this there. */
  readonly note: (folder: string, name: string, facts: TargetFacts) => void;
};

type KnownFolder = {
  readonly isFresh: boolean;
  /** null until the folder has been listed. */
  entries: Map<string, TargetFacts> | null;
  lookups: number;
  isListing: boolean;
  untilMs: number;
};

const rememberedFolders = 512;
const listedForMs = 10_000; // others may write there too
const freshForMs = 600_000;
const statsBeforeListing = 2; // two questions cost about as much as a listing

export function rememberTargetFolders(clock: Clock): TargetFolders {
  const folders = new Map<string, KnownFolder>();

  function know(path: string): KnownFolder {
    const known = folders.get(path);
    const isUsable = known !== undefined && known.untilMs > clock.now();
    const folder = isUsable ? known : { ...unknownFolder, untilMs: clock.now() + listedForMs };
    return remember(path, folder);
  }

  function remember(path: string, folder: KnownFolder): KnownFolder {
    folders.delete(path); // the last used one stands last
    folders.set(path, folder);
    const oldest = folders.keys().next().value;
    if (folders.size > rememberedFolders && oldest !== undefined) folders.delete(oldest);
    return folder;
  }

  async function find(session: RemoteSession, path: string, name: string, signal: AbortSignal) {
    const folder = know(path);
    if (folder.entries !== null) {
      if (folder.isFresh) folder.untilMs = clock.now() + freshForMs;
      return folder.entries.get(name) ?? null;
    }
    folder.lookups += 1;
    if (folder.lookups <= statsBeforeListing || folder.isListing)
      return askFor(session, joinRemote(path, name), signal);
    folder.isListing = true;
    try {
      folder.entries = await listTargets(session, path, signal);
      folder.untilMs = clock.now() + listedForMs;
      return folder.entries.get(name) ?? null;
    } finally {
      folder.isListing = false;
    }
  }

  return {
    find,
    showsFiles: async (session, path, signal) => {
      const folder = know(path);
      if (folder.isFresh) return true;
      try {
        folder.entries ??= await listTargets(session, path, signal);
      } catch (error) {
        const isRefused = error instanceof AppError && error.reply !== undefined && session.isUsable;
        if (!isRefused) throw error;
      }
      return (folder.entries?.size ?? 0) > 0;
    },
    isFresh: (path) => know(path).isFresh,
    isFree: (path, name) => {
      const { isFresh, entries } = know(path);
      return isFresh && entries?.has(name) === false;
    },
    noteFresh: (path) => {
      remember(path, { ...unknownFolder, isFresh: true, entries: new Map(), untilMs: clock.now() + freshForMs });
    },
    note: (path, name, facts) => {
      folders.get(path)?.entries?.set(name, facts);
    },
  };
}

const unknownFolder: KnownFolder = { isFresh: false, entries: null, lookups: 0, isListing: false, untilMs: 0 };

async function askFor(session: RemoteSession, path: string, signal: AbortSignal): Promise<TargetFacts | null> {
  const found = await session.stat(path, signal);
  if (found === null) return null;
  return { isFolder: found.type === "directory", size: found.size, modifiedMs: found.modifiedMs, precision: "second" };
}

/** What stands in a folder, by wire name. A print server lists nothing: then nobody can know, and nothing is in the way. */
export async function listTargets(session: RemoteSession, path: string, signal: AbortSignal) {
  const entries = new Map<string, TargetFacts>();
  const take = (batch: readonly Entry[]) => {
    for (const { wireName, type, size, modifiedMs, modifiedPrecision } of batch) {
      entries.set(wireName, { isFolder: type === "directory", size, modifiedMs, precision: modifiedPrecision });
    }
  };
  try {
    await session.list(path, take, signal);
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "unsupported-command")) throw error;
  }
  return entries;
}
