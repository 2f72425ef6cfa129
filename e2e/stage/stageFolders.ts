import type { EngineApi } from "../../shared/contract/contract.ts";
import { AppError, toWireError } from "../../shared/errors/appError.ts";
import { type Entry, toColumns } from "../../shared/models/entry.ts";
import { changeMode, type PermissionPlan, parsePermissions } from "../../shared/models/permissions.ts";
import type { Place } from "../../shared/models/place.ts";
import { baseNameOfRemote, joinRemote, parentOfRemote } from "../../shared/models/remotePath.ts";
import { entry, type SampleTree } from "./sampleFiles.ts";

export type StageFolders = Pick<
  EngineApi,
  | "folders.watch"
  | "folders.refresh"
  | "folders.subfolders"
  | "folders.resolve"
  | "folders.create"
  | "entries.rename"
  | "entries.move"
  | "jobs.remove"
  | "jobs.setPermissions"
  | "entries.checksum"
  | "entries.copyToSite"
  | "entries.createLink"
  | "entries.duplicate"
> & { readonly add: (place: Place, folder: string, name: string, size: number | null) => void };

const batchRows = 4_000;

/** The browsing part of the stage's engine: two trees in memory that answer with a server's patience. */
export function createStageFolders(treeOf: (place: Place) => SampleTree, latencyMs: number): StageFolders {
  const watchers = new Set<{ place: Place; path: string; read: () => void }>();

  function rowsOf(place: Place, path: string): Entry[] {
    const rows = treeOf(place).get(path);
    if (!rows)
      throw new AppError("not-found", `No ${path} here.`, {
        path,
        reply: { code: 550, text: "No such file or directory." },
      });
    return rows;
  }

  function change(place: Place, path: string, rows: Entry[]): void {
    treeOf(place).set(path, rows);
    for (const watcher of watchers) if (watcher.path === path && watcher.place.side === place.side) watcher.read();
  }

  return {
    "folders.watch": ({ place, path }, emit) => {
      let revision = 0;
      const timers = new Set<ReturnType<typeof setTimeout>>();
      const read = (): void => {
        const mine = ++revision;
        const crumbs = crumbsOf(path);
        emit({ state: "begin", revision: mine, path, displayPath: path, crumbs, parentPath: parentOfRemote(path) });
        timers.add(
          setTimeout(() => {
            try {
              const rows = rowsOf(place, path);
              for (let from = 0; from < rows.length; from += batchRows) {
                emit({ state: "rows", revision: mine, columns: toColumns(rows.slice(from, from + batchRows)) });
              }
              emit({ state: "end", revision: mine });
            } catch (error) {
              emit({ state: "error", revision: mine, error: toWireError(error) });
            }
          }, latencyMs),
        );
      };
      const watcher = { place, path, read };
      watchers.add(watcher);
      read();
      return () => {
        watchers.delete(watcher);
        for (const timer of timers) clearTimeout(timer);
      };
    },
    "folders.refresh": async ({ place, path }) => {
      change(place, path, rowsOf(place, path));
      return {};
    },
    "folders.subfolders": async ({ place, path }) => ({
      folders: rowsOf(place, path)
        .filter(({ type }) => type === "directory")
        .map(({ name }) => ({ name, path: joinRemote(path, name) })),
    }),
    "folders.resolve": async ({ place, from, text }) => {
      const path = text.startsWith("/") ? text : joinRemote(from, text);
      const trimmed = path.length > 1 ? path.replace(/\/+$/, "") : path;
      const parent = parentOfRemote(trimmed);
      const itself =
        parent === null
          ? null
          : treeOf(place)
              .get(parent)
              ?.find(({ name }) => name === baseNameOfRemote(trimmed));
      if (itself?.type === "file") throw new AppError("not-a-directory", `${trimmed} is a file.`, { path: trimmed });
      rowsOf(place, trimmed);
      return { path: trimmed };
    },
    "folders.create": async ({ place, path, name }) => {
      const rows = rowsOf(place, path);
      if (rows.some((row) => row.name === name))
        throw new AppError("already-exists", `${name} exists.`, { path: name });
      treeOf(place).set(joinRemote(path, name), []);
      change(place, path, [...rows, entry(name, "directory", Date.now())]);
      return { wireName: name };
    },
    "entries.rename": async ({ place, path, wireName, newName }) => {
      change(
        place,
        path,
        rowsOf(place, path).map((row) =>
          row.wireName === wireName ? { ...row, name: newName, wireName: newName } : row,
        ),
      );
      return {};
    },
    "entries.move": async ({ place, path, wireNames, targetPath }) => {
      const moved = rowsOf(place, path).filter((row) => wireNames.includes(row.wireName));
      change(place, targetPath, [...rowsOf(place, targetPath), ...moved]);
      change(
        place,
        path,
        rowsOf(place, path).filter((row) => !wireNames.includes(row.wireName)),
      );
      return {};
    },
    "jobs.remove": async ({ place, path, wireNames }) => {
      const gone = new Set(wireNames);
      change(
        place,
        path,
        rowsOf(place, path).filter((row) => !gone.has(row.wireName)),
      );
      return { done: wireNames.length, failed: 0, isComplete: true };
    },
    "entries.checksum": async () => ({ algorithm: "SHA-256", value: "6ae1".repeat(16) }),
    "entries.copyToSite": async ({ wireNames }) => ({ copied: wireNames.length }),
    "entries.createLink": async ({ name }) => ({ wireName: name }),
    "entries.duplicate": async () => ({ wireName: "a copy" }),
    "jobs.setPermissions": async ({ place, path, wireNames, plan }) => {
      change(
        place,
        path,
        rowsOf(place, path).map((row) =>
          wireNames.includes(row.wireName) ? { ...row, permissions: changed(row, plan) } : row,
        ),
      );
      return { done: wireNames.length, failed: 0, isComplete: true };
    },
    add: (place, folder, name, size) => {
      const rows = treeOf(place).get(folder);
      if (rows && !rows.some((row) => row.name === name))
        change(place, folder, [...rows, entry(name, size === null ? "directory" : "file", Date.now(), size)]);
    },
  };
}

function crumbsOf(path: string): { label: string; path: string }[] {
  const parts = path.split("/").filter((part) => part !== "");
  return [
    { label: "/", path: "/" },
    ...parts.map((label, index) => ({ label, path: `/${parts.slice(0, index + 1).join("/")}` })),
  ];
}

function changed({ type, permissions }: Entry, { files, folders }: PermissionPlan): string | null {
  const change = type === "directory" ? folders : files;
  const mode = change === null ? null : changeMode(parsePermissions(permissions), change);
  return mode === null ? permissions : toLetters(mode);
}

function toLetters(mode: number): string {
  return [6, 3, 0]
    .map((shift) => ["r", "w", "x"].map((letter, bit) => (((mode >> shift) & (4 >> bit)) > 0 ? letter : "-")).join(""))
    .join("");
}
