import { AppError, toAppError } from "../../../shared/errors/appError.ts";
import type { Entry } from "../../../shared/models/entry.ts";
import { joinRemote } from "../../../shared/models/remotePath.ts";
import type { LeaseSession, LeaseSpare } from "../sessions/lease.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import { throwIfCancelled } from "../util/cancel.ts";
import { collectFailures, type Failures } from "./placeFiles.ts";

export type CopyToSiteParts = {
  readonly lease: LeaseSession;
  readonly leaseSpare: LeaseSpare;
  readonly allowsFxp: (siteId: string) => boolean;
};

/** Resolves to how many entries have been copied, folders included; goes on after a failure and tells of all at the end. */
export type CopyToSite = (
  from: { readonly siteId: string; readonly folder: string; readonly wireNames: readonly string[] },
  to: { readonly siteId: string /** As typed; relative: from where the server begins. */; readonly folder: string },
  signal: AbortSignal,
) => Promise<number>;

/**
 * Copies files, and folders with all they hold, from the server of one site to that of another, without a byte passing here. It holds a
 * session of each and waits for the target's only: the source's is one that is free, or the copy is refused (`busy`).
 */
export function createCopyToSite({ lease, leaseSpare, allowsFxp }: CopyToSiteParts): CopyToSite {
  return async (from, to, signal) => {
    if (from.siteId === to.siteId) throw new AppError("invalid-input", "Both folders are on the same site");
    if (!allowsFxp(from.siteId) || !allowsFxp(to.siteId)) {
      throw new AppError("invalid-input", "Allow direct copies between servers in the settings of both sites first");
    }
    const target = await lease(to.siteId, signal);
    try {
      const source = await leaseSpare(from.siteId, () => {}, signal); // a file cannot be left in the middle for who comes
      if (source === null)
        throw new AppError("busy", "This site has no session free: try again when its transfers are done");
      try {
        const folder = await findFolder(target.session, to.folder, signal);
        return await copyEntries({ source: source.session, target: target.session, signal }, from, folder);
      } finally {
        source.release();
      }
    } finally {
      target.release();
    }
  };
}

async function findFolder(target: RemoteSession, text: string, signal: AbortSignal): Promise<string> {
  const typed = target.toWire(text);
  const path = typed.startsWith("/") ? typed : joinRemote(target.startFolder, typed);
  const found = path === "/" ? null : await target.stat(path, signal);
  if (path !== "/" && found?.type !== "directory") {
    throw new AppError("not-found", "There is no such folder on the other site", { path: text });
  }
  return path;
}

type Copying = { readonly source: RemoteSession; readonly target: RemoteSession; readonly signal: AbortSignal };

async function copyEntries(
  copying: Copying,
  { folder, wireNames }: { readonly folder: string; readonly wireNames: readonly string[] },
  targetFolder: string,
): Promise<number> {
  const failures = collectFailures();
  const wanted = new Set(wireNames);
  const entries = (await list(copying, folder)).filter(({ wireName }) => wanted.has(wireName));
  const copied = await copyAll(copying, folder, entries, targetFolder, failures);
  failures.throwIfAny("copied");
  return copied;
}

async function copyAll(
  copying: Copying,
  folder: string,
  entries: readonly Entry[],
  targetFolder: string,
  failures: Failures,
): Promise<number> {
  let copied = 0;
  for (const entry of entries) {
    throwIfCancelled(copying.signal);
    try {
      copied += await copyOne(copying, folder, entry, targetFolder, failures);
    } catch (thrown) {
      const error = toAppError(thrown);
      const isOver = error.kind === "cancelled" || !copying.source.isUsable || !copying.target.isUsable;
      if (isOver) throw error;
      failures.add(error);
    }
  }
  return copied;
}

async function copyOne(
  copying: Copying,
  folder: string,
  entry: Entry,
  targetFolder: string,
  failures: Failures,
): Promise<number> {
  const { source, target, signal } = copying;
  const path = joinRemote(folder, entry.wireName);
  const targetPath = joinRemote(targetFolder, target.toWire(source.toText(entry.wireName)));
  const standing = await target.stat(targetPath, signal);
  if (entry.type === "directory") {
    if (standing === null) await target.makeFolder(targetPath, signal);
    else if (standing.type !== "directory") throw alreadyThere(target, targetPath);
    return 1 + (await copyAll(copying, path, await list(copying, path), targetPath, failures));
  }
  if (standing !== null) throw alreadyThere(target, targetPath);
  try {
    await source.sendTo(target, path, targetPath, signal);
  } catch (error) {
    // Nothing stood there: what does now is a piece of this file.
    if (target.isUsable) await target.removeFile(targetPath, new AbortController().signal).catch(() => {});
    throw error;
  }
  if (entry.modifiedMs !== null) await target.setModified(targetPath, entry.modifiedMs, signal);
  return 1;
}

async function list({ source, signal }: Copying, path: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  await source.list(path, (batch) => entries.push(...batch), signal);
  return entries;
}

function alreadyThere(target: RemoteSession, path: string): AppError {
  return new AppError("already-exists", "Something with this name is there already", { path: target.toText(path) });
}
