import { toAppError } from "../../../shared/errors/appError.ts";
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
      await local.create(folder, name);
      return name;
    },
    rename: local.rename,
    move: (folder, wireNames, target, signal) =>
      forEach(wireNames, "moved", (name) => local.move(folder, name, target), signal),
  };
}
