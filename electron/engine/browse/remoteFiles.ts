import { AppError, toAppError } from "../../../shared/errors/appError.ts";
import { levelsOf } from "../../../shared/models/place.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import { throwIfCancelled } from "../util/cancel.ts";
import type { BrowsingConnection } from "./connection.ts";
import { joinEntry } from "./joinEntry.ts";
import { collectFailures, type Failures, type PlaceFiles } from "./placeFiles.ts";

/** What a user does to remote files. Each command is an operation of its own, so that browsing goes on beside a long one. */
export function createRemoteFiles(connection: BrowsingConnection): PlaceFiles {
  const change = <T>(work: (session: RemoteSession, signal: AbortSignal) => Promise<T>, signal: AbortSignal) =>
    connection.run("change", work, signal);

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
    create: (folder, typed, signal) =>
      change(async (session, running) => {
        const levels = levelsOf(typed).map(session.toWire);
        const last = levels.length - 1;
        let path = folder;
        for (const [level, wireName] of levels.entries()) {
          path = joinEntry(path, wireName);
          const found = await session.stat(path, running);
          if (found !== null && (level === last || found.type === "file")) {
            throw new AppError("already-exists", "Something with this name is there already", {
              path: session.toText(path),
            });
          }
          if (found === null) await session.makeFolder(path, running);
        }
        return levels[0] ?? "";
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
  };
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
