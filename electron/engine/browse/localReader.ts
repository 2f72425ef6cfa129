import type { LocalFolders } from "../local/localFolders.ts";
import type { FolderReader } from "./folderReader.ts";

/** The local disk, for the folder watch. It is quick to read again, so nothing is kept. */
export function createLocalReader(local: LocalFolders): FolderReader {
  return {
    displayPath: local.displayPath,
    crumbs: local.crumbs,
    parentOf: local.parentOf,
    readAnew: (entry) => entry, // the system tells names as text
    join: local.join,
    read: (path, sink, signal) => local.list(path, sink.add, signal),
    isWorthKeeping: false,
    watch: local.watch,
  };
}
