import { AppError } from "../../../../shared/errors/appError.ts";
import { parentOfRemote } from "../../../../shared/models/remotePath.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { TargetFolders } from "./targetFolders.ts";

/**
 * Uploads, and where the server refused because the target folder is not there, makes it and uploads again: the folder of an imported
 * transfer may never have existed on this server, that of another may have been removed meanwhile. Rejects with the upload's error.
 */
export async function uploadIntoFolder<T>(
  folder: string,
  session: RemoteSession,
  targets: TargetFolders,
  upload: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await upload();
  } catch (error) {
    const isMade = isRefusal(error) && session.isUsable && (await makeWhatIsMissing(folder, session, targets, signal));
    if (!isMade) throw error;
    return upload();
  }
}

/** "550 No such file or directory", and vsftpd's "553 Could not create file." */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof AppError && (error.kind === "not-found" || error.reply?.code === 550 || error.reply?.code === 553)
  );
}

/** False when the folder is there: then something else was refused. */
async function makeWhatIsMissing(
  folder: string,
  session: RemoteSession,
  targets: TargetFolders,
  signal: AbortSignal,
): Promise<boolean> {
  const missing: string[] = [];
  for (let at: string | null = folder; at !== null && at !== "/"; at = parentOfRemote(at)) {
    if ((await session.stat(at, signal)) !== null) break;
    missing.unshift(at);
  }
  for (const path of missing) {
    await session.makeFolder(path, signal).catch(ignoreExisting);
    targets.noteFresh(path);
  }
  return missing.length > 0;
}

/** Another transfer into the same folder was quicker. */
function ignoreExisting(error: unknown): void {
  if (!(error instanceof AppError && error.kind === "already-exists")) throw error;
}
