import { randomUUID } from "node:crypto";
import type { ServerFacts } from "../../../../shared/models/serverFacts.ts";
import type { TemporaryUpload } from "../../../../shared/models/site.ts";
import { wholeFileBytes } from "../../local/wholeFiles.ts";

/** What a site's server does with renaming, kept with what else is known of it. */
export type RenameMemory = {
  readonly recall: () => ServerFacts["renamesOver"];
  readonly note: (fact: NonNullable<ServerFacts["renamesOver"]>) => void;
};

/** Which uploads of a site go under a temporary name first. */
export type TemporaryNames = RenameMemory & {
  /** What the site wants, read at each use. */
  readonly wish: () => TemporaryUpload;
  /** Nothing can be renamed in this folder, or it takes no such names. Known as long as this run lasts. */
  readonly refuse: (folder: string) => void;
  readonly isRefused: (folder: string) => boolean;
};

export type UploadAhead = {
  readonly wish: TemporaryUpload;
  readonly renames: ServerFacts["renamesOver"];
  readonly isRefused: boolean;
  readonly size: number;
  /** A file stands at the name. */
  readonly replaces: boolean;
  /** The folder shows what is in it; undefined: not looked at yet. */
  readonly showsFiles: boolean | undefined;
};

/**
 * Whether an upload goes under a temporary name first. A small new file goes without: it is one packet or two, and the three questions
 * would double its time. "look": that depends on whether the folder shows its files, and nobody has looked yet; what shows none may be a
 * drop-off folder, where a strange name would arrive at somebody's desk.
 */
export function decideTemporaryName(upload: UploadAhead): "temporary" | "direct" | "look" {
  const { wish, renames, isRefused, size, replaces, showsFiles } = upload;
  if (wish === "never" || renames === "never" || isRefused) return "direct";
  if (replaces) return "temporary"; // it is seen, so the folder can be
  if (size <= wholeFileBytes) return "direct";
  if (showsFiles === undefined) return "look";
  return showsFiles ? "temporary" : "direct";
}

/** A wire name beside `name` that no other upload has: hidden where a dot hides, and telling what it will become. */
export function temporaryNameOf(name: string): string {
  const id = randomUUID().slice(0, 8);
  return name.length <= longestToldName ? `.${name}.${id}.part` : `.portside-${id}.part`;
}

export function keepTemporaryNames(memory: RenameMemory, wish: () => TemporaryUpload): TemporaryNames {
  const refused = new Set<string>();
  return {
    ...memory,
    wish,
    refuse: (folder) => void refused.add(folder),
    isRefused: (folder) => refused.has(folder),
  };
}

const longestToldName = 200; // wire names are bytes; the file systems of most servers take 255
