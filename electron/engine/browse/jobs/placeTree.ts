import type { Entry } from "../../../../shared/models/entry.ts";

/** The folders of one place, as far as work on many entries needs them. Paths are complete; every failure is an AppError. */
export type PlaceTree = {
  readonly displayPath: (path: string) => string;
  /** Rejects, as `invalid-input`, a name that leads anywhere but to one entry of the folder. */
  readonly join: (folder: string, wireName: string) => string;
  readonly list: (folder: string, signal: AbortSignal) => Promise<readonly Entry[]>;
  /** What `list` may have hidden; asked when a folder that should be empty is not. Nothing where there is no other way to look. */
  readonly listHidden: (folder: string, signal: AbortSignal) => Promise<readonly Entry[]>;
  /** A file, a link or anything else that is no folder. */
  readonly removeFile: (path: string, signal: AbortSignal) => Promise<void>;
  /** The folder must be empty. */
  readonly removeFolder: (path: string, signal: AbortSignal) => Promise<void>;
  /** A folder with all it holds, in one act of the server. False where it offers none, or would not. */
  readonly removeTree: (path: string, signal: AbortSignal) => Promise<boolean>;
  readonly setPermissions: (path: string, mode: number, signal: AbortSignal) => Promise<void>;
};
