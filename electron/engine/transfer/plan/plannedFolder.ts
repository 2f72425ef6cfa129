import { relative, sep } from "node:path";
import { makeLocalFolder } from "../../local/partialFile.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { TryParts } from "../transferOutcome.ts";
import type { TransferRow } from "../transferRow.ts";
import { makeMissingFolders } from "../upload/uploadFolder.ts";

export type ReadyParts = Pick<TryParts, "targets" | "madeFolders" | "readyFolders">;

/**
 * A planned file may begin before the transfer of its folder has: then it makes the folder itself, and those above it. Asks nothing where
 * this run knows that the folder is there.
 */
export async function readyPlannedFolder(
  row: TransferRow,
  session: RemoteSession,
  { targets, madeFolders, readyFolders }: ReadyParts,
  signal: AbortSignal,
): Promise<void> {
  if (!row.inNewFolder) return;
  const folder = row.targetFolder;
  if (row.direction === "upload") {
    const key = `${row.siteId} ${folder}`;
    if (targets.isFresh(folder) || readyFolders.has(key)) return;
    await makeMissingFolders(folder, session, targets, signal);
    readyFolders.note(key);
  } else if (!madeFolders.has(folder) && !readyFolders.has(folder)) {
    await makeLocalFolders(row, madeFolders);
    readyFolders.note(folder);
  }
}

async function makeLocalFolders({ root, targetFolder }: TransferRow, made: TryParts["madeFolders"]): Promise<void> {
  let folder = root;
  for (const name of relative(root, targetFolder).split(sep)) {
    const { path, isNew } = await makeLocalFolder({ root, folder }, name);
    if (isNew) made.note(path);
    folder = path;
  }
}
