import type { FolderNews } from "../../../shared/contract/browse.ts";
import { AppError, toAppError } from "../../../shared/errors/appError.ts";
import { isRetryable } from "../../../shared/errors/policy.ts";
import type { Entry } from "../../../shared/models/entry.ts";
import type { Place } from "../../../shared/models/place.ts";
import type { Clock } from "../ports.ts";
import { cancelled, waitWith } from "../util/cancel.ts";
import { addRows, begin, catchUp, end, fail, showAnew } from "./folderNews.ts";
import type { FolderReader } from "./folderReader.ts";
import { isSameListing } from "./isSameListing.ts";
import { keyOf, newFolder, type WatchedFolder, type Watcher } from "./watchedFolder.ts";

/**
 * What the panes see of folders, local and remote alike. One reading serves all who look at a folder. The first reading shows rows
 * as they arrive; later ones are silent and speak only when something changed, so that nothing flickers.
 */
export type FolderWatch = {
  readonly watch: (place: Place, path: string, emit: (news: FolderNews) => void) => () => void;
  /** Reads again; resolves when that is done, rejects as the reading does. */
  readonly refresh: (place: Place, path: string, signal: AbortSignal) => Promise<void>;
  /** Sub-folders, from the kept listing where it is fresh. */
  readonly subfolders: (
    place: Place,
    path: string,
    signal: AbortSignal,
  ) => Promise<{ readonly name: string; readonly path: string }[]>;
  /** Something in this folder changed: soon read again when somebody looks, else forgotten. Many calls make one reading. */
  readonly touch: (place: Place, path: string) => void;
  /** The connection works again: what broke off is read again. */
  readonly recover: (connectionId: string) => void;
  /** Its names are to be read in another way: what is shown and kept is told once more, without asking the server for names. */
  readonly readAnew: (connectionId: string) => void;
  /** The connection is gone for good: who still looks is told so. */
  readonly forget: (connectionId: string) => void;
  readonly isWatched: (connectionId: string) => boolean;
  readonly close: () => void;
};

export type FolderWatchParts = { readonly readerOf: (place: Place) => FolderReader; readonly clock: Clock };

const freshMs = 600_000; // as long as other clients trust a listing
const keptFolders = 200;
const keptEntries = 500_000; // about 100 MB
const shortestPauseMs = 500; // between readings of a folder that keeps changing
const soonMs = 100; // one change rarely comes alone
const silentTries = 5; // what is on screen is old, but nobody has asked
const firstRetryMs = 1_000; // doubled each time
const graceMs = 250; // who leaves may come back; a short listing ends by itself

export function createFolderWatch({ readerOf, clock }: FolderWatchParts): FolderWatch {
  /** Watched and kept folders, the longest unused first. */
  const folders = new Map<string, WatchedFolder>();

  const find = (place: Place, path: string): WatchedFolder => {
    const key = keyOf(place, path);
    const folder = folders.get(key) ?? newFolder(key, place, path, readerOf(place));
    folders.delete(key);
    folders.set(key, folder);
    return folder;
  };

  const isFresh = (folder: WatchedFolder) => folder.state === "complete" && clock.now() - folder.readAtMs < freshMs;

  const isKnown = (folder: WatchedFolder) => folders.get(folder.key) === folder;
  const drop = (folder: WatchedFolder) => {
    if (isKnown(folder)) folders.delete(folder.key);
  };

  /** Shows rows while they arrive. */
  const readShown = async (folder: WatchedFolder, signal: AbortSignal) => {
    folder.state = "shown";
    begin(folder, []);
    const restart = () => {
      if (folder.entries.length > 0) begin(folder, []);
    };
    const add = (entries: readonly Entry[]) => {
      for (const entry of entries) folder.entries.push(entry);
      addRows(folder, entries);
    };
    await folder.reader.read(folder.path, { restart, add }, signal);
    folder.state = "complete";
    end(folder);
  };

  /** Compares with what is on screen, and speaks only about a change. */
  const readSilently = async (folder: WatchedFolder, signal: AbortSignal) => {
    let found: Entry[] = [];
    const restart = () => {
      found = [];
    };
    const add = (entries: readonly Entry[]) => {
      for (const entry of entries) found.push(entry);
    };
    await folder.reader.read(folder.path, { restart, add }, signal);
    if (isSameListing(found, folder.entries)) return;
    begin(folder, found);
    addRows(folder, found);
    end(folder);
  };

  const runReading = async (folder: WatchedFolder, isShown: boolean, signal: AbortSignal) => {
    const startedMs = clock.now();
    try {
      await (isShown ? readShown(folder, signal) : readSilently(folder, signal));
      folder.error = null;
      folder.failures = 0;
    } catch (thrown) {
      const error = toAppError(thrown);
      folder.error = error;
      // Rows on screen outlive a broken connection; they do not outlive their folder.
      const keepsRows = !isShown && (isRetryable(error.kind) || error.kind === "cancelled");
      if (isKnown(folder) && !signal.aborted && !keepsRows) fail(folder, error);
      if (keepsRows) folder.failures++;
      if (isShown) folder.state = "failed";
      throw error;
    } finally {
      folder.reading = null;
      folder.readAtMs = folder.error ? Number.NEGATIVE_INFINITY : clock.now();
      folder.readTookMs = clock.now() - startedMs;
      // Touched meanwhile, or given up just before somebody came back.
      const isAskedFor = folder.isTouched || signal.aborted;
      const isWorthTrying = folder.failures > 0 && folder.failures < silentTries;
      if (isKnown(folder) && folder.watchers.size > 0) {
        if (isAskedFor) schedule(folder);
        else if (isWorthTrying) schedule(folder, firstRetryMs * 2 ** (folder.failures - 1));
      }
      folder.isTouched = false;
      settle(folder);
    }
  };

  /** Starts a reading, or joins the one that runs. */
  const read = (folder: WatchedFolder): Promise<void> => {
    if (folder.reading) return folder.reading.done;
    const abort = new AbortController();
    const isShown = folder.state !== "complete";
    let start = () => {};
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    // `reading` has to stand before the first news is told.
    const done = started.then(() => runReading(folder, isShown, abort.signal));
    done.catch(() => {}); // the watchers have been told
    folder.reading = { done, abort, isShown };
    start();
    return done;
  };

  const schedule = (folder: WatchedFolder, leastMs = soonMs) => {
    const pauseMs = Math.max(shortestPauseMs, 2 * folder.readTookMs);
    const waitMs = Math.max(leastMs, Math.min(pauseMs, folder.readAtMs + pauseMs - clock.now()));
    folder.stopTimer ??= clock.setTimer(waitMs, () => {
      folder.stopTimer = null;
      if (folder.reading) folder.isTouched = true;
      else read(folder).catch(() => {});
    });
  };

  const touch = (folder: WatchedFolder) => {
    folder.failures = 0;
    if (folder.watchers.size > 0) return schedule(folder);
    if (folder.reading) folder.isTouched = true;
    else drop(folder);
  };

  /** Keeps or lets go of a folder nobody looks at. */
  const settle = (folder: WatchedFolder) => {
    if (folder.watchers.size > 0 || folder.waiting > 0 || folder.reading) return;
    if (folder.state !== "complete" || !folder.reader.isWorthKeeping) drop(folder);
    const kept = [...folders.values()].filter(
      (each) => each.watchers.size === 0 && !each.reading && each.waiting === 0,
    );
    let surplusEntries = kept.reduce((sum, each) => sum + each.entries.length, 0) - keptEntries;
    let surplusFolders = kept.length - keptFolders;
    for (const oldest of kept) {
      if (surplusEntries <= 0 && surplusFolders <= 0) return;
      drop(oldest);
      surplusEntries -= oldest.entries.length;
      surplusFolders--;
    }
  };

  const leave = (folder: WatchedFolder, watcher: Watcher) => {
    if (!folder.watchers.delete(watcher) || folder.watchers.size > 0) return;
    folder.stopTimer?.();
    folder.stopTimer = null;
    folder.stopWatching?.();
    folder.stopWatching = null;
    const { reading } = folder;
    if (!reading) return settle(folder);
    const stopGrace = clock.setTimer(graceMs, () => {
      if (folder.watchers.size === 0 && folder.waiting === 0) reading.abort.abort();
    });
    reading.done.catch(() => {}).finally(stopGrace);
  };

  const foldersOf = (connectionId: string) =>
    [...folders.values()].filter(({ place }) => place.side === "remote" && place.connectionId === connectionId);

  return {
    watch: (place, path, emit) => {
      const folder = find(place, path);
      const watcher = { emit };
      // A kept listing that is too old is not shown again, unless others look at it still.
      if (folder.state === "complete" && !isFresh(folder) && folder.watchers.size === 0) folder.state = "unread";
      if (folder.state === "shown" || folder.state === "complete") for (const news of catchUp(folder)) emit(news);
      folder.watchers.add(watcher);
      folder.stopWatching ??= folder.reader.watch(path, () => touch(folder));
      if (!isFresh(folder)) read(folder).catch(() => {});
      return () => leave(folder, watcher);
    },
    refresh: async (place, path, signal) => {
      const folder = find(place, path);
      const running = folder.reading;
      folder.waiting++;
      try {
        if (running) await waitWith(running.done, signal).catch(() => {});
        if (signal.aborted) throw cancelled();
        await waitWith(read(folder), signal);
      } finally {
        folder.waiting--;
        settle(folder);
      }
    },
    subfolders: async (place, path, signal) => {
      const folder = find(place, path);
      folder.waiting++;
      try {
        if (!isFresh(folder)) await waitWith(read(folder), signal);
        return folder.entries
          .filter((entry) => entry.type === "directory")
          .map((entry) => ({ name: entry.name, path: folder.reader.join(path, entry.wireName) }));
      } finally {
        folder.waiting--;
        settle(folder);
      }
    },
    touch: (place, path) => {
      const folder = folders.get(keyOf(place, path));
      if (folder) touch(folder);
    },
    recover: (connectionId) => {
      for (const folder of foldersOf(connectionId)) {
        if (folder.watchers.size > 0 && !folder.reading) schedule(folder);
        else if (!folder.reading) drop(folder);
      }
    },
    readAnew: (connectionId) => {
      for (const folder of foldersOf(connectionId)) {
        showAnew(folder);
        // A silent reading compares with what it has read before; owners and link targets are kept as text, not as bytes.
        const isComparing = folder.reading !== null && !folder.reading.isShown;
        if (isComparing || folder.entries.some(hasForeignText)) touch(folder);
      }
    },
    forget: (connectionId) => {
      for (const folder of foldersOf(connectionId)) {
        folder.stopTimer?.();
        folder.stopTimer = null;
        folder.reading?.abort.abort();
        drop(folder);
        fail(folder, new AppError("connection-lost", "The connection was closed"));
      }
    },
    isWatched: (connectionId) => foldersOf(connectionId).some((folder) => folder.watchers.size > 0),
    close: () => {
      for (const folder of folders.values()) {
        folder.watchers.clear();
        folder.stopTimer?.();
        folder.stopWatching?.();
        folder.reading?.abort.abort();
      }
      folders.clear();
    },
  };
}

function hasForeignText({ owner, group, linkTarget }: Entry): boolean {
  return [owner, group, linkTarget].some((text) => text !== null && /[^ -~]/.test(text));
}
