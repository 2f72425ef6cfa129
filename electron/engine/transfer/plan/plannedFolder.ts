import { relative, sep } from "node:path";
import { baseNameOfRemote, parentOfRemote } from "../../../../shared/models/remotePath.ts";
import { makeLocalFolder } from "../../local/partialFile.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { TryParts } from "../transferOutcome.ts";
import type { TransferRow } from "../transferRow.ts";
import type { TargetFolders } from "../upload/targetFolders.ts";
import type { ReadyFolders } from "./readyFolders.ts";

export type ReadyParts = Pick<TryParts, "targets" | "madeFolders" | "readyFolders">;

/**
 * What a plan wants made is made by whoever comes first: a folder's own transfer, or a file that goes into it. Then the folder is there, and
 * those above it. Asks nothing where this run knows that it is.
 */
export async function readyFolder(
  { siteId, direction, root }: TransferRow,
  folder: string,
  session: RemoteSession | null,
  { targets, madeFolders, readyFolders }: ReadyParts,
  signal: AbortSignal,
): Promise<void> {
  if (direction === "download" || session === null) {
    if (madeFolders.has(folder) || readyFolders.has(folder)) return;
    await readyFolders.inTurn("local", () => makeLocalFolders(root, folder, madeFolders), signal);
    readyFolders.note(folder);
  } else {
    const remote = { siteId, session, targets, readyFolders };
    await readyFolders.inTurn(siteId, () => makeRemoteFolder(folder, remote, signal), signal);
  }
}

async function makeLocalFolders(root: string, target: string, made: TryParts["madeFolders"]): Promise<void> {
  let folder = root;
  for (const name of relative(root, target).split(sep)) {
    const { path, isNew } = await makeLocalFolder({ root, folder }, name);
    if (isNew) made.note(path);
    folder = path;
  }
}

type Remote = {
  readonly siteId: string;
  readonly session: RemoteSession;
  readonly targets: TargetFolders;
  readonly readyFolders: ReadyFolders;
};

/** From the folder up to the first one that is there, then down again. */
async function makeRemoteFolder(folder: string, remote: Remote, signal: AbortSignal): Promise<void> {
  const { siteId, session, targets, readyFolders } = remote;
  const parent = parentOfRemote(folder);
  const key = `${siteId} ${folder}`;
  if (parent === null || readyFolders.has(key)) return;
  const found = await lookFor(folder, parent, remote, signal);
  if (!found?.isFolder) {
    if (found === null) await makeRemoteFolder(parent, remote, signal);
    await session.makeFolder(folder, signal);
    targets.note(parent, baseNameOfRemote(folder), madeFolder);
    if (found === null) targets.noteFresh(folder);
  }
  readyFolders.note(key);
}

const madeFolder = { isFolder: true, size: null, modifiedMs: null, precision: "second" } as const;

/** In a folder that we have made there is what we have put there. */
async function lookFor(folder: string, parent: string, { session, targets }: Remote, signal: AbortSignal) {
  if (targets.isFresh(parent)) return targets.find(session, parent, baseNameOfRemote(folder), signal);
  const found = await session.stat(folder, signal);
  return found === null ? null : { isFolder: found.type === "directory" };
}
