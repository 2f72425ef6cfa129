import { toAppError } from "../../../shared/errors/appError.ts";
import { makeLocalFolder } from "../local/partialFile.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import {
  addLocalContents,
  addRemoteContents,
  type Children,
  type ContentParts,
  takesCasesForOne,
} from "./folderContents.ts";
import { readyFolder } from "./plan/plannedFolder.ts";
import { type Outcome, type TryParts, withLease } from "./transferOutcome.ts";
import { sourcePathOf, type TransferRow, targetPathOf } from "./transferRow.ts";

/** What expanding a folder is given. Like a try of a file, it knows neither the queue's file nor what else runs. */
export type ExpandParts = Pick<TryParts, "lease" | "targets" | "madeFolders" | "readyFolders"> &
  ContentParts & {
    /** Opens the place of this folder's children: the same again after a break. */
    readonly openPlace: (sourceFolder: string, targetFolder: string) => Children;
  };

/**
 * Makes a folder at the target and adds what the source folder holds as transfers, in batches, while it is still being read: the first
 * files may run before the last is found. Of one that a plan has read already only the folder is made. Repeating it after a break adds what is missing.
 * Never rejects.
 */
export function expandFolder(row: TransferRow, parts: ExpandParts, signal: AbortSignal): Promise<Outcome> {
  if (isPlanned(row)) return makePlanned(row, parts, signal);
  return row.direction === "upload" ? expandLocal(row, parts, signal) : expandRemote(row, parts, signal);
}

const done: Outcome = { type: "done", bytesDone: 0 };

/** The plan has read it to its end. */
function isPlanned({ plannedAction }: TransferRow): boolean {
  return plannedAction !== null && plannedAction !== "fail";
}

async function makePlanned(row: TransferRow, parts: ExpandParts, signal: AbortSignal): Promise<Outcome> {
  const make = async (session: RemoteSession | null): Promise<Outcome> => {
    await readyFolder(row, targetPathOf(row), session, parts, signal);
    return done;
  };
  if (row.direction === "upload")
    return withLease(
      parts.lease,
      ({ session }) => make(session),
      () => 0,
      signal,
    );
  try {
    return await make(null);
  } catch (error) {
    return { type: "failed", error: toAppError(error), phase: "work", bytesDone: 0 };
  }
}

function expandRemote(row: TransferRow, parts: ExpandParts, signal: AbortSignal): Promise<Outcome> {
  const expand = async (session: RemoteSession): Promise<Outcome> => {
    const folder = await makeLocalFolder({ root: row.root, folder: row.targetFolder }, row.targetName);
    if (folder.isNew) parts.madeFolders.note(folder.path);
    const paths = { source: sourcePathOf(row), target: folder.path };
    await addRemoteContents(session, paths, parts.openPlace(paths.source, paths.target), parts, signal);
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
    await addLocalContents(sourcePathOf(row), ignoresCase, parts.openPlace(sourcePathOf(row), path), parts, signal);
    return done;
  } catch (error) {
    return { type: "failed", error: toAppError(error), phase: "work", bytesDone: 0 };
  }
}

/** A folder that was not there is empty once it is made: none of its files will need a question. */
async function findTarget(row: TransferRow, session: RemoteSession, { targets }: ExpandParts, signal: AbortSignal) {
  if (targets.isFresh(row.targetFolder)) return targets.find(session, row.targetFolder, row.targetName, signal);
  const found = await session.stat(targetPathOf(row), signal);
  return found === null ? null : { isFolder: found.type === "directory" };
}
