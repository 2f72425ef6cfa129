import { toAppError } from "../../../shared/errors/appError.ts";
import { levelsOf } from "../../../shared/models/place.ts";
import type { LocalFolders } from "../local/localFolders.ts";
import { throwIfCancelled } from "../util/cancel.ts";
import { collectFailures, type PlaceFiles } from "./placeFiles.ts";

/** What a user does to local files. */
export function createLocalFiles(local: LocalFolders): PlaceFiles {
  const forEach = async (
    wireNames: readonly string[],
    what: string,
    work: (name: string) => Promise<void>,
    signal: AbortSignal,
  ) => {
    const failures = collectFailures();
    for (const name of wireNames) {
      throwIfCancelled(signal);
      await work(name).catch((error) => failures.add(toAppError(error)));
    }
    failures.throwIfAny(what);
  };

  return {
    resolve: local.resolve,
    create: async (folder, name) => {
      const levels = levelsOf(name);
      let parent = folder;
      for (const [level, each] of levels.entries()) {
        const isLast = level === levels.length - 1;
        await local.create(parent, each).catch((error) => {
          if (isLast || toAppError(error).kind !== "already-exists") throw error;
        });
        parent = local.join(parent, each);
      }
      return levels[0] ?? "";
    },
    rename: local.rename,
    move: (folder, wireNames, target, signal) =>
      forEach(wireNames, "moved", (name) => local.move(folder, name, target), signal),
  };
}
