import type { FolderNews } from "../../../shared/contract/browse.ts";
import type { AppError } from "../../../shared/errors/appError.ts";
import type { Entry } from "../../../shared/models/entry.ts";
import type { Place } from "../../../shared/models/place.ts";
import type { FolderReader } from "./folderReader.ts";

/** Who looks at a folder. */
export type Watcher = { readonly emit: (news: FolderNews) => void };

/** A listing that runs. `isShown`: its rows go on screen as they arrive. */
export type Reading = { readonly done: Promise<void>; readonly abort: AbortController; readonly isShown: boolean };

/** A folder somebody looks at, or whose listing is kept. */
export type WatchedFolder = {
  readonly key: string;
  readonly place: Place;
  readonly path: string;
  readonly reader: FolderReader;
  readonly watchers: Set<Watcher>;
  revision: number;
  entries: Entry[];
  state: "unread" | "shown" | "complete" | "failed";
  error: AppError | null;
  readAtMs: number;
  readTookMs: number;
  reading: Reading | null;
  /** Who waits for the listing without watching. */
  waiting: number;
  /** Touched while it was being read. */
  isTouched: boolean;
  /** Silent readings in a row that failed for a passing reason. */
  failures: number;
  stopTimer: (() => void) | null;
  stopWatching: (() => void) | null;
};

export function keyOf(place: Place, path: string): string {
  return place.side === "local" ? `local ${path}` : `${place.connectionId} ${path}`;
}

export function newFolder(key: string, place: Place, path: string, reader: FolderReader): WatchedFolder {
  return {
    key,
    place,
    path,
    reader,
    watchers: new Set(),
    revision: 0,
    entries: [],
    state: "unread",
    error: null,
    readAtMs: Number.NEGATIVE_INFINITY,
    readTookMs: 0,
    reading: null,
    waiting: 0,
    isTouched: false,
    failures: 0,
    stopTimer: null,
    stopWatching: null,
  };
}
