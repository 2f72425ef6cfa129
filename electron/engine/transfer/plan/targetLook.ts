import { AppError } from "../../../../shared/errors/appError.ts";
import { listLocalFolder } from "../../local/localListing.ts";
import { type NamePlatform, nameKey } from "../../local/localNames.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { listTargets, type TargetFacts } from "../upload/targetFolders.ts";

/** What stands in a target folder. */
export type TargetLook = {
  /** null: nothing has this name, or one that its file system takes for the same. */
  readonly find: (name: string) => (TargetFacts & { readonly isFile: boolean }) | null;
  /** Another name is there that differs in upper and lower case only, where that may be one name to the server. */
  readonly hasLookAlike: (name: string) => boolean;
};

/** A folder that is to be made. */
export const emptyTarget: TargetLook = { find: () => null, hasLookAlike: () => false };

/** null: it cannot be read. Rejects when the connection or the signal ends. */
export async function lookAtRemote(
  session: RemoteSession,
  folder: string,
  ignoresCase: boolean,
  signal: AbortSignal,
): Promise<TargetLook | null> {
  try {
    const entries = await listTargets(session, folder, signal);
    const keys = ignoresCase ? new Map([...entries.keys()].map((name) => [nameKey(name, "windows"), name])) : null;
    return {
      find: (name) => {
        const found = entries.get(name);
        return found === undefined ? null : { ...found, isFile: !found.isFolder };
      },
      hasLookAlike: (name) => (keys?.get(nameKey(name, "windows")) ?? name) !== name,
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.reply === undefined || !session.isUsable) throw error;
    return error.kind === "not-found" ? emptyTarget : null;
  }
}

/** The same on this computer. */
export async function lookAtLocal(
  folder: string,
  platform: NamePlatform,
  signal: AbortSignal,
): Promise<TargetLook | null> {
  const found = new Map<string, TargetFacts & { readonly isFile: boolean; readonly name: string }>();
  try {
    await listLocalFolder(
      folder,
      (entries) => {
        for (const { name, type, size, modifiedMs, modifiedPrecision: precision } of entries) {
          const facts = { size, modifiedMs, precision, isFolder: type === "directory", isFile: type === "file" };
          found.set(nameKey(name, platform), { name, ...facts });
        }
      },
      signal,
    );
  } catch (error) {
    if (!(error instanceof AppError) || error.kind === "cancelled") throw error;
    return error.kind === "local-not-found" ? emptyTarget : null;
  }
  return {
    find: (name) => found.get(nameKey(name, platform)) ?? null,
    hasLookAlike: (name) => (found.get(nameKey(name, platform))?.name ?? name) !== name,
  };
}
