import { AppError, toAppError } from "../../../shared/errors/appError.ts";
import type { Entry } from "../../../shared/models/entry.ts";
import { joinRemote } from "../../../shared/models/remotePath.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import { throwIfCancelled } from "../util/cancel.ts";
import type { BrowsingConnection } from "./connection.ts";
import { collectFailures, type Failures, type PlaceFiles } from "./placeFiles.ts";

/** What a user does to remote files. Each command is an operation of its own, so that browsing goes on beside a long one. */
export function createRemoteFiles(connection: BrowsingConnection): PlaceFiles {
  const change = <T>(work: (session: RemoteSession, signal: AbortSignal) => Promise<T>, signal: AbortSignal) =>
    connection.run("change", work, signal);

  const list = (path: string, signal: AbortSignal) =>
    connection.run(
      "reading",
      async (session, running) => {
        const entries: Entry[] = [];
        await session.list(path, (batch) => entries.push(...batch), running);
        return entries;
      },
      signal,
    );

  /** FTP servers differ in what RNTO onto a taken name does; some overwrite without a word. So ask first. */
  const moveEntry = (path: string, newPath: string, signal: AbortSignal) =>
    change(async (session, running) => {
      const isOwnName = path.toLowerCase() === newPath.toLowerCase(); // only the case changes
      if (!isOwnName && (await session.stat(newPath, running)) !== null) {
        throw new AppError("already-exists", "Something with this name is there already", {
          path: session.toText(newPath),
        });
      }
      await session.rename(path, newPath, running);
    }, signal);

  const forEach = async (
    wireNames: readonly string[],
    what: string,
    signal: AbortSignal,
    work: (name: string) => Promise<void>,
  ) => {
    const failures = collectFailures();
    for (const name of wireNames) {
      throwIfCancelled(signal);
      await work(name).catch((error) => addUnlessCancelled(failures, error));
    }
    failures.throwIfAny(what);
  };

  /** Depth first: what a folder holds, then the folder. Counts what is gone; what fails stays, and the rest goes on. */
  const removeEntry = async (
    path: string,
    type: Entry["type"],
    failures: Failures,
    signal: AbortSignal,
  ): Promise<number> => {
    throwIfCancelled(signal);
    let removed = 0;
    try {
      if (type === "directory") {
        for (const entry of await list(path, signal)) {
          removed += await removeEntry(joinEntry(path, entry.wireName), entry.type, failures, signal);
        }
        await change((session, running) => session.removeFolder(path, running), signal);
      } else {
        await change((session, running) => session.removeFile(path, running), signal);
      }
      return removed + 1;
    } catch (error) {
      addUnlessCancelled(failures, error);
      return removed;
    }
  };

  return {
    resolve: (from, text, signal) =>
      connection.run(
        "reading",
        async (session, running) => {
          const path = resolveRemote(from, session.toWire(text), session.startFolder);
          const found = path === "/" ? null : await session.stat(path, running);
          if (path !== "/" && !found) throw new AppError("not-found", "There is no such folder", { path: text });
          if (found?.type === "file") throw new AppError("not-a-directory", "This is not a folder", { path: text });
          return path;
        },
        signal,
      ),
    create: (folder, name, signal) =>
      change(async (session, running) => {
        const wireName = session.toWire(name);
        const path = joinEntry(folder, wireName);
        if ((await session.stat(path, running)) !== null) {
          throw new AppError("already-exists", "Something with this name is there already", { path: name });
        }
        await session.makeFolder(path, running);
        return wireName;
      }, signal),
    rename: (folder, wireName, newName, signal) =>
      change(async (session) => session.toWire(newName), signal).then((newWireName) =>
        moveEntry(joinEntry(folder, wireName), joinEntry(folder, newWireName), signal),
      ),
    move: (folder, wireNames, target, signal) =>
      forEach(wireNames, "moved", signal, async (name) => {
        const path = joinEntry(folder, name);
        if (`${target}/`.startsWith(`${path}/`)) throw new AppError("invalid-input", "A folder cannot go into itself");
        await moveEntry(path, joinEntry(target, name), signal);
      }),
    remove: async (folder, wireNames, signal) => {
      const failures = collectFailures();
      const types = new Map((await list(folder, signal)).map(({ wireName, type }) => [wireName, type]));
      let removed = 0;
      for (const name of wireNames) {
        const path = joinEntry(folder, name);
        const type = types.get(name);
        if (type) removed += await removeEntry(path, type, failures, signal);
        else failures.add(new AppError("not-found", "It is no longer there", { path: connection.toText(path) }));
      }
      failures.throwIfAny("deleted");
      return removed;
    },
    setPermissions: (folder, wireNames, mode, signal) =>
      forEach(wireNames, "changed", signal, (name) =>
        change((session, running) => session.setPermissions(joinEntry(folder, name), mode, running), signal),
      ),
  };
}

/** One entry of a folder. A name that leads anywhere else never reaches a command. */
function joinEntry(folder: string, wireName: string): string {
  const isPlain = wireName !== "" && wireName !== "." && wireName !== ".." && !/[/\0]/.test(wireName);
  if (!isPlain) throw new AppError("invalid-input", "This is not the name of one entry");
  return joinRemote(folder, wireName);
}

function resolveRemote(from: string, text: string, home: string): string {
  const isHome = text === "~" || text.startsWith("~/");
  const whole = text.startsWith("/") ? text : isHome ? `${home}${text.slice(1)}` : `${from}/${text}`;
  const segments: string[] = [];
  for (const segment of whole.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

function addUnlessCancelled(failures: Failures, thrown: unknown): void {
  const error = toAppError(thrown);
  if (error.kind === "cancelled") throw error;
  failures.add(error);
}
