import type { Entry } from "../../../../shared/models/entry.ts";
import type { LocalFolders } from "../../local/localFolders.ts";
import { throwIfCancelled } from "../../util/cancel.ts";
import type { PlaceTree } from "./placeTree.ts";

/** The folders of this computer. */
export function createLocalTree(local: LocalFolders): PlaceTree {
  const unlessCancelled = async (work: () => Promise<void>, signal: AbortSignal) => {
    throwIfCancelled(signal);
    await work();
  };
  return {
    displayPath: local.displayPath,
    join: local.join,
    list: async (folder, signal) => {
      const entries: Entry[] = [];
      const take = (batch: readonly Entry[]) => {
        for (const entry of batch) entries.push(entry);
      };
      await local.list(folder, take, signal);
      return entries;
    },
    listHidden: async () => [],
    removeFile: (path, signal) => unlessCancelled(() => local.removeFile(path), signal),
    removeFolder: (path, signal) => unlessCancelled(() => local.removeFolder(path), signal),
    removeTree: async () => false,
    setPermissions: (path, mode, signal) => unlessCancelled(() => local.setPermissions(path, mode), signal),
  };
}
