import type { Crumb } from "../../../shared/contract/browse.ts";
import type { Entry } from "../../../shared/models/entry.ts";

/** Where a reading puts what it finds. `restart` empties it: a reading that broke with its connection begins anew. */
export type EntrySink = {
  readonly restart: () => void;
  readonly add: (entries: readonly Entry[]) => void;
};

/** How one place is read: the local disk, or the remote side of one connection. */
export type FolderReader = {
  readonly displayPath: (path: string) => string;
  readonly crumbs: (path: string) => readonly Crumb[];
  /** null at the root. */
  readonly parentOf: (path: string) => string | null;
  readonly read: (path: string, sink: EntrySink, signal: AbortSignal) => Promise<void>;
  /** The entry as its name is read now; the same one when nothing has changed. */
  readonly readAnew: (entry: Entry) => Entry;
  /** The path of an entry's folder. */
  readonly join: (path: string, wireName: string) => string;
  /** Whether a listing is worth keeping when nobody looks at it any more. */
  readonly isWorthKeeping: boolean;
  /** Calls back when the folder changed by itself. Returns its undo. */
  readonly watch: (path: string, changed: () => void) => () => void;
};
