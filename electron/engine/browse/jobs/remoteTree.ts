import { toAppError } from "../../../../shared/errors/appError.ts";
import type { Entry } from "../../../../shared/models/entry.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { BrowsingConnection } from "../connection.ts";
import { joinEntry } from "../joinEntry.ts";
import type { PlaceTree } from "./placeTree.ts";

/** The folders of a server. Each command is an operation of its own, so that browsing goes on beside a long job. */
export function createRemoteTree(connection: BrowsingConnection): PlaceTree {
  const change = <T>(work: (session: RemoteSession, signal: AbortSignal) => Promise<T>, signal: AbortSignal) =>
    connection.run("change", work, signal);

  const read = (how: "list" | "listHidden", folder: string, signal: AbortSignal) =>
    connection.run(
      "reading",
      async (session, running) => {
        const entries: Entry[] = [];
        const take = (batch: readonly Entry[]) => {
          for (const entry of batch) entries.push(entry);
        };
        await session[how](folder, take, running);
        return entries;
      },
      signal,
    );

  const showsLinks = (signal: AbortSignal) => connection.run("reading", async ({ can }) => can.showLinks, signal);

  return {
    displayPath: connection.toText,
    join: joinEntry,
    list: async (folder, signal) => {
      const entries = await read("list", folder, signal);
      const needsLook = entries.some(({ type }) => type === "directory") && !(await showsLinks(signal));
      return needsLook ? markLinks(entries, await read("listHidden", folder, signal)) : entries;
    },
    listHidden: (folder, signal) => read("listHidden", folder, signal),
    removeFile: (path, signal) => again((session, running) => session.removeFile(path, running), signal),
    removeFolder: (path, signal) => again((session, running) => session.removeFolder(path, running), signal),
    removeTree: (path, signal) =>
      change(async (session, running) => {
        if (!session.can.removeTree) return false;
        // Refused: one by one may go further, and tells what it is that cannot be removed.
        return session.removeTree(path, running).then(
          () => true,
          (error) => (session.isUsable && !running.aborted ? false : Promise.reject(error)),
        );
      }, signal),
    setPermissions: (path, mode, signal) =>
      change((session, running) => session.setPermissions(path, mode, running), signal),
  };

  /** A removal that lost its session may have happened or not: asked once more, "not found" says that it has. */
  async function again(work: (session: RemoteSession, running: AbortSignal) => Promise<void>, signal: AbortSignal) {
    try {
      await change(work, signal);
    } catch (thrown) {
      if (toAppError(thrown).kind !== "connection-lost") throw thrown;
      await change(work, signal).catch((error) => {
        if (toAppError(error).kind !== "not-found") throw error;
      });
    }
  }
}

/** What passes for a folder may be a link to one: its contents are somebody else's. */
function markLinks(entries: readonly Entry[], closely: readonly Entry[]): readonly Entry[] {
  const links = new Set(closely.filter(({ type }) => type === "symlink").map(({ wireName }) => wireName));
  return entries.map((entry) => (links.has(entry.wireName) ? { ...entry, type: "symlink" } : entry));
}
