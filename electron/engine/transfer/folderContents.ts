import { lstat, opendir } from "node:fs/promises";
import type { Entry } from "../../../shared/models/entry.ts";
import { toLocalError } from "../local/localErrors.ts";
import { freeNameAmong, type NamePlatform, nameKey, toLocalName } from "../local/localNames.ts";
import type { MappedNames } from "../local/mappedNames.ts";
import { localPathIn } from "../local/partialFile.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import type { NewTransfer } from "./store/arrivals.ts";

/** What reading a source folder is given, so that each of its entries gets a name at the target. */
export type ContentParts = {
  readonly platform: NamePlatform;
  readonly mappedNames: MappedNames;
  /** Text as a wire name of this site. */
  readonly toWire: (text: string) => string;
};

export type Children = {
  /** Source name → target name of those that are there already. */
  readonly names: () => Map<string, string>;
  /** Commits children; those that are there already are left alone. */
  readonly add: (children: readonly NewTransfer[]) => void;
};

/**
 * Adds what a folder of a server holds as transfers, in batches, while it is still being read. Links to files count as files; links to
 * folders and special files are recorded as skipped. Rejects as a listing does.
 */
export async function addRemoteContents(
  session: RemoteSession,
  folder: { readonly source: string; readonly target: string },
  children: Children,
  parts: ContentParts,
  signal: AbortSignal,
): Promise<void> {
  const chooseName = chooseLocalNames(children.names(), parts.platform);
  const nameOf = (entry: Entry): string => {
    const name = chooseName(entry);
    if (name !== entry.name) parts.mappedNames.note(localPathIn(folder.target, name), entry.name);
    return name;
  };
  let failure: unknown = null;
  const onEntries = (entries: readonly Entry[]) => {
    try {
      const named = entries.filter(({ wireName, name }) => wireName !== "" && name !== ""); // nothing could be asked for
      children.add(named.map((entry) => fromRemoteEntry(entry, nameOf)));
    } catch (error) {
      failure ??= error; // a callback has nobody to throw at
    }
  };
  await session.list(folder.source, onEntries, signal);
  if (failure !== null) throw failure;
}

/** The same of a local folder; `ignoresCase`: the server takes two names for one that differ in case only. Rejects with local-* kinds. */
export async function addLocalContents(
  source: string,
  ignoresCase: boolean,
  children: Children,
  parts: ContentParts,
  signal: AbortSignal,
): Promise<void> {
  const nameOf = chooseRemoteNames(children.names(), ignoresCase, parts.mappedNames);
  try {
    await addLocalEntries(source, children, { ...parts, nameOf }, signal);
  } catch (error) {
    throw toLocalError(error, source);
  }
}

/**
 * Windows takes "README" and "Readme" for one file: the second of two would replace the first. FileZilla Server, which calls itself
 * "UNIX emulated by FileZilla", mostly runs there.
 */
export function takesCasesForOne({ system }: Pick<RemoteSession, "system">): boolean {
  return /windows|emulated by filezilla/i.test(system ?? "");
}

const localBatch = 1_000;

type LocalParts = ContentParts & {
  /** The text of the name that a local file of the folder gets. */
  readonly nameOf: (path: string, name: string) => string;
};

async function addLocalEntries(folder: string, children: Children, parts: LocalParts, signal: AbortSignal) {
  let names: string[] = [];
  const addNames = async () => {
    names.sort();
    children.add(await Promise.all(names.map((name) => fromLocalEntry(folder, name, parts))));
    names = [];
  };
  for await (const { name } of await opendir(folder, { bufferSize: localBatch })) {
    signal.throwIfAborted();
    names.push(name);
    if (names.length === localBatch) await addNames();
  }
  await addNames();
}

const unknown = { size: null, modifiedMs: null, precision: "second" } as const;

async function fromLocalEntry(folder: string, name: string, parts: LocalParts): Promise<NewTransfer> {
  const path = localPathIn(folder, name);
  const named = { sourceName: name, targetName: parts.toWire(parts.nameOf(path, name)) };
  const found = await lstat(path).catch(() => null); // gone meanwhile: its own transfer says so
  if (found === null || found.isSymbolicLink()) return { kind: "file", ...named, ...unknown };
  if (found.isDirectory()) return { kind: "folder", ...named, ...unknown };
  const facts = { size: found.size, modifiedMs: found.mtimeMs, precision: "second" } as const;
  if (found.isFile()) return { kind: "file", ...named, ...facts };
  return { kind: "file", ...named, ...unknown, skipped: "special-file" };
}

function fromRemoteEntry(entry: Entry, nameOf: (entry: Entry) => string): NewTransfer {
  const named = { sourceName: entry.wireName, targetName: nameOf(entry) };
  switch (entry.type) {
    case "directory":
      return { kind: "folder", ...named, ...unknown };
    case "symlink": // the listing tells the link's own size; what it leads to is found out when its turn comes
      return { kind: "file", ...named, ...unknown };
    case "other":
      return { kind: "file", ...named, ...unknown, skipped: "special-file" };
    case "file":
      return {
        kind: "file",
        ...named,
        size: entry.size,
        modifiedMs: entry.modifiedMs,
        precision: entry.modifiedPrecision,
      };
  }
}

/** A name on the server for each file of one folder: the one it had there, and no two alike where the server would take them for one. */
function chooseRemoteNames(known: ReadonlyMap<string, string>, ignoresCase: boolean, mappedNames: MappedNames) {
  const platform = ignoresCase ? "windows" : "linux";
  const taken = new Set([...known.keys()].map((name) => nameKey(name, platform)));
  return (path: string, name: string): string => {
    const wanted = mappedNames.recall(path) ?? name;
    if (known.has(name)) return wanted; // its row is there already, and stays as it is
    const free = freeNameAmong(wanted, (candidate) => taken.has(nameKey(candidate, platform)));
    taken.add(nameKey(free, platform));
    return free;
  };
}

/** A local name for each entry of one folder, no two alike where the disk would take them for one. */
function chooseLocalNames(known: ReadonlyMap<string, string>, platform: NamePlatform): (entry: Entry) => string {
  const taken = new Set([...known.values()].map((name) => nameKey(name, platform)));
  return ({ name, wireName }) => {
    const before = known.get(wireName);
    if (before !== undefined) return before;
    const free = freeNameAmong(toLocalName(name, platform), (candidate) => taken.has(nameKey(candidate, platform)));
    taken.add(nameKey(free, platform));
    return free;
  };
}
