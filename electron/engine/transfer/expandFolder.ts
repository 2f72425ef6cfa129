import { lstat, opendir } from "node:fs/promises";
import type { Entry } from "../../../shared/models/entry.ts";
import { toLocalError } from "../local/localErrors.ts";
import { freeNameAmong, type NamePlatform, nameKey, toLocalName } from "../local/localNames.ts";
import type { MappedNames } from "../local/mappedNames.ts";
import { localPathIn, makeLocalFolder } from "../local/partialFile.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import type { NewTransfer } from "./store/arrivals.ts";
import { type Outcome, type TryParts, withLease } from "./transferOutcome.ts";
import { sourcePathOf, type TransferRow, targetPathOf } from "./transferRow.ts";

/** What expanding a folder is given. Like a try of a file, it knows neither the queue's file nor what else runs. */
export type ExpandParts = Pick<TryParts, "lease" | "targets" | "madeFolders"> & {
  readonly platform: NamePlatform;
  readonly mappedNames: MappedNames;
  /** Text as a wire name of this site. */
  readonly toWire: (text: string) => string;
  /** Opens the place of this folder's children: the same again after a break. */
  readonly openPlace: (sourceFolder: string, targetFolder: string) => Children;
};

export type Children = {
  /** Source name → target name of those that are there already. */
  readonly names: () => Map<string, string>;
  /** Commits children; those that are there already are left alone. */
  readonly add: (children: readonly NewTransfer[]) => void;
};

/**
 * Makes a folder at the target and adds what the source folder holds as transfers, in batches, while it is still being read: the first
 * files may run before the last is found. Links to files count as files; links to folders and special files are recorded as skipped.
 * Repeating it after a break adds what is missing. Never rejects.
 */
export function expandFolder(row: TransferRow, parts: ExpandParts, signal: AbortSignal): Promise<Outcome> {
  return row.direction === "upload" ? expandLocal(row, parts, signal) : expandRemote(row, parts, signal);
}

const done: Outcome = { type: "done", bytesDone: 0 };

function expandRemote(row: TransferRow, parts: ExpandParts, signal: AbortSignal): Promise<Outcome> {
  const expand = async (session: RemoteSession): Promise<Outcome> => {
    const folder = await makeLocalFolder({ root: row.root, folder: row.targetFolder }, row.targetName);
    if (folder.isNew) parts.madeFolders.note(folder.path);
    const children = parts.openPlace(sourcePathOf(row), folder.path);
    const chooseName = chooseLocalNames(children.names(), parts.platform);
    const nameOf = (entry: Entry): string => {
      const name = chooseName(entry);
      if (name !== entry.name) parts.mappedNames.note(localPathIn(folder.path, name), entry.name);
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
    await session.list(sourcePathOf(row), onEntries, signal);
    if (failure !== null) throw failure;
    return done;
  };
  return withLease(
    parts.lease,
    ({ session }) => expand(session),
    () => 0,
    signal,
  );
}

async function expandLocal(row: TransferRow, parts: ExpandParts, signal: AbortSignal): Promise<Outcome> {
  const path = targetPathOf(row);
  let ignoresCase = false;
  const make = async (session: RemoteSession): Promise<Outcome> => {
    ignoresCase = takesCasesForOne(session);
    const found = await findTarget(row, session, parts, signal);
    if (!found?.isFolder) await session.makeFolder(path, signal);
    parts.targets.note(row.targetFolder, row.targetName, {
      isFolder: true,
      size: null,
      modifiedMs: null,
      precision: "second",
    });
    if (found === null) parts.targets.noteFresh(path);
    return done;
  };
  const made = await withLease(
    parts.lease,
    ({ session }) => make(session),
    () => 0,
    signal,
  );
  if (made.type !== "done") return made;
  // The disk is read without a session: others can use it meanwhile.
  try {
    const children = parts.openPlace(sourcePathOf(row), path);
    const nameOf = chooseRemoteNames(children.names(), ignoresCase, parts.mappedNames);
    await addLocalEntries(sourcePathOf(row), children, { ...parts, nameOf }, signal);
    return done;
  } catch (error) {
    return { type: "failed", error: toLocalError(error, sourcePathOf(row)), phase: "work", bytesDone: 0 };
  }
}

/** A folder that was not there is empty once it is made: none of its files will need a question. */
async function findTarget(row: TransferRow, session: RemoteSession, { targets }: ExpandParts, signal: AbortSignal) {
  if (targets.isFresh(row.targetFolder)) return targets.find(session, row.targetFolder, row.targetName, signal);
  const found = await session.stat(targetPathOf(row), signal);
  return found === null ? null : { isFolder: found.type === "directory" };
}

const localBatch = 1_000;

type LocalParts = ExpandParts & {
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

/**
 * Windows takes "README" and "Readme" for one file: the second of two would replace the first. FileZilla Server, which calls itself
 * "UNIX emulated by FileZilla", mostly runs there.
 */
function takesCasesForOne({ system }: RemoteSession): boolean {
  return /windows|emulated by filezilla/i.test(system ?? "");
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
