import type { CommandOutput, EngineClient } from "../../shared/contract/contract.ts";
import { AppError, toAppError } from "../../shared/errors/appError.ts";
import type { Checksum } from "../../shared/models/checksum.ts";
import type { PermissionPlan } from "../../shared/models/permissions.ts";
import type { Place, Side } from "../../shared/models/place.ts";
import { baseNameOfRemote } from "../../shared/models/remotePath.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import {
  applyGoBack,
  applyGoForward,
  applyGoTo,
  applyWanted,
  type PaneState,
  paneStores,
} from "../stores/paneStore.ts";

/** What a user can do in the folder of one pane. Promises reject with AppError; what came of it is seen in the folder's own news. */
export type FolderIntents = {
  readonly goTo: (path: string) => void;
  readonly goBack: () => void;
  readonly goForward: () => void;
  /** To the parent, standing on the folder just left. */
  readonly goUp: () => void;
  /** A path as typed, absolute or from here. */
  readonly goToTyped: (text: string) => Promise<void>;
  /** Into a folder or a link to one. "file": there is nothing to go into. */
  readonly enter: (entry: PaneEntry) => Promise<"entered" | "file">;
  readonly refresh: () => Promise<void>;
  readonly createFolder: (name: string) => Promise<void>;
  readonly rename: (entry: PaneEntry, newName: string) => Promise<void>;
  /** An abort leaves what is not moved yet. */
  readonly move: (entries: readonly PaneEntry[], targetPath: string, signal?: AbortSignal) => Promise<void>;
  /** Folders with all they hold. It goes on without this window; the job tells what could not be deleted. */
  readonly remove: (entries: readonly PaneEntry[]) => Promise<JobOutcome>;
  /** Copies a remote entry beside itself, on the server. */
  readonly duplicate: (entry: PaneEntry) => Promise<void>;
  /** Copies remote entries to a folder of another site, typed as text; no byte passes here. */
  readonly copyToSite: (
    entries: readonly PaneEntry[],
    target: { readonly siteId: string; readonly folder: string },
    signal: AbortSignal,
  ) => Promise<void>;
  /** Makes a link beside a remote entry that leads to it. */
  readonly createLink: (entry: PaneEntry, name: string) => Promise<void>;
  /** Of a remote file, computed by the server. */
  readonly checksum: (entry: PaneEntry, signal: AbortSignal) => Promise<Checksum>;
  /** As `remove`. */
  readonly setPermissions: (entries: readonly PaneEntry[], plan: PermissionPlan) => Promise<JobOutcome>;
};

export type JobOutcome = CommandOutput<"jobs.remove">;

export function folderIntents(engine: EngineClient, side: Side): FolderIntents {
  const store = paneStores[side];
  const goTo = (path: string, wanted: string | null = null): void =>
    store.setState((state) => applyGoTo(state, path, wanted));

  return {
    goTo: (path) => goTo(path),
    goBack: () => store.setState(applyGoBack),
    goForward: () => store.setState(applyGoForward),
    goUp: () => {
      const { head, path } = store.getState();
      if (head?.parentPath == null || path === null) return;
      goTo(head.parentPath, lastPartOf(side, path));
    },
    goToTyped: async (text) => {
      const { place, path } = here(store.getState());
      goTo((await engine.call("folders.resolve", { place, from: path, text })).path);
    },
    enter: async (entry) => {
      if (entry.type === "directory") {
        goTo(entry.path);
        return "entered";
      }
      if (entry.type !== "symlink") return "file";
      try {
        const { place, folder, path } = entry;
        goTo((await engine.call("folders.resolve", { place, from: folder, text: path })).path);
        return "entered";
      } catch (error) {
        if (toAppError(error).kind === "not-a-directory") return "file";
        throw error;
      }
    },
    refresh: async () => {
      const state = store.getState();
      if (state.phase === "failed" && state.path !== null) goTo(state.path);
      else if (state.place !== null && state.path !== null) {
        await engine.call("folders.refresh", { place: state.place, path: state.path });
      }
    },
    createFolder: async (name) => {
      const { place, path } = here(store.getState());
      const { wireName } = await engine.call("folders.create", { place, path, name });
      store.setState((state) => (state.path === path ? applyWanted(state, wireName) : state));
    },
    rename: async ({ place, folder, wireName }, newName) => {
      // Said before: the folder's own news may come before the answer.
      store.setState((state) => applyWanted(state, newName));
      await engine.call("entries.rename", { place, path: folder, wireName, newName });
    },
    move: async (entries, targetPath, signal) => {
      for (const [folder, { place, wireNames }] of byFolder(entries)) {
        await engine.call("entries.move", { place, path: folder, wireNames, targetPath }, signal);
      }
    },
    remove: (entries) =>
      inEachFolder(entries, (place, path, wireNames) => engine.call("jobs.remove", { place, path, wireNames })),
    duplicate: async ({ place, path, folder }) => {
      const { wireName } = await engine.call("entries.duplicate", { connectionId: connectionOf(place), path });
      store.setState((state) => (state.path === folder ? applyWanted(state, wireName) : state));
    },
    copyToSite: async (entries, target, signal) => {
      for (const [path, { place, wireNames }] of byFolder(entries)) {
        const connectionId = connectionOf(place);
        await engine.call("entries.copyToSite", { connectionId, path, wireNames, target }, signal);
      }
    },
    createLink: async ({ place, path, folder }, name) => {
      const { wireName } = await engine.call("entries.createLink", { connectionId: connectionOf(place), path, name });
      store.setState((state) => (state.path === folder ? applyWanted(state, wireName) : state));
    },
    checksum: ({ place, path }, signal) =>
      engine.call("entries.checksum", { connectionId: connectionOf(place), path }, signal),
    setPermissions: (entries, plan) =>
      inEachFolder(entries, (place, path, wireNames) =>
        engine.call("jobs.setPermissions", { place, path, wireNames, plan }),
      ),
  };
}

/** The folder on screen. */
function here({ place, path }: PaneState) {
  if (place === null || path === null) throw new AppError("invalid-input", "This pane shows no folder yet.");
  return { place, path };
}

function connectionOf(place: Place): string {
  if (place.side === "local") throw new AppError("invalid-input", "Only a server can be asked for this.");
  return place.connectionId;
}

/** One job for each folder, one after the other; what came of them together. */
async function inEachFolder(
  entries: readonly PaneEntry[],
  begin: (place: Place, folder: string, wireNames: string[]) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  let all: JobOutcome = { done: 0, failed: 0, isComplete: true };
  for (const [folder, { place, wireNames }] of byFolder(entries)) {
    const { done, failed, isComplete } = await begin(place, folder, wireNames);
    all = { done: all.done + done, failed: all.failed + failed, isComplete: all.isComplete && isComplete };
  }
  return all;
}

function byFolder(entries: readonly PaneEntry[]) {
  const folders = new Map<string, { place: PaneEntry["place"]; wireNames: string[] }>();
  for (const { place, folder, wireName } of entries) {
    const known = folders.get(folder);
    if (known) known.wireNames.push(wireName);
    else folders.set(folder, { place, wireNames: [wireName] });
  }
  return folders;
}

/** "C:\\Users\\mira" → "mira". Only a local path may be written with backslashes. */
function lastPartOf(side: Side, path: string): string {
  if (side === "remote") return baseNameOfRemote(path);
  const trimmed = path.replace(/[/\\]+$/, "");
  return trimmed.slice(Math.max(trimmed.lastIndexOf("/"), trimmed.lastIndexOf("\\")) + 1);
}
