import { joinRemote, parentOfRemote } from "../../../shared/models/remotePath.ts";
import type { BrowsingConnection } from "./connection.ts";
import type { FolderReader } from "./folderReader.ts";

/** The remote side of one connection, for the folder watch. A reading that loses its session begins anew on the next one. */
export function createRemoteReader(connection: BrowsingConnection): FolderReader {
  return {
    displayPath: connection.toText,
    crumbs: (path) => {
      const segments = path.split("/").filter((segment) => segment !== "");
      const steps = segments.map((segment, index) => ({
        label: connection.toText(segment),
        path: `/${segments.slice(0, index + 1).join("/")}`,
      }));
      return [{ label: "/", path: "/" }, ...steps];
    },
    parentOf: parentOfRemote,
    readAnew: (entry) => {
      const name = connection.toText(entry.wireName);
      return name === entry.name ? entry : { ...entry, name };
    },
    join: joinRemote,
    read: (path, sink, signal) =>
      connection.run(
        "reading",
        async (session, running) => {
          sink.restart();
          await session.list(path, sink.add, running);
        },
        signal,
      ),
    isWorthKeeping: true,
    watch: () => () => {}, // FTP tells nobody of changes
  };
}
