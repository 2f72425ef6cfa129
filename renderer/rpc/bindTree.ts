import type { StoreApi } from "zustand";
import type { EngineClient } from "../../shared/contract/contract.ts";
import { wireNameAt } from "../../shared/models/entry.ts";
import type { Side } from "../../shared/models/place.ts";
import { joinPath } from "../stores/paneEntry.ts";
import { type PaneState, paneStores } from "../stores/paneStore.ts";
import {
  applyChildren,
  applyCrumbs,
  applyReadFailed,
  applyReading,
  applyReveal,
  emptyTree,
  needsReading,
  type TreeFolder,
  type TreeState,
  treeStores,
} from "../stores/treeStore.ts";

/**
 * The tree follows the pane: ancestors of the shown folder open, and the shown listing gives its sub-folders for nothing. The rest
 * of the ancestors' sub-folders is asked for once the listing is there, one after the other, so that browsing never waits for it.
 */
export function bindTree(engine: EngineClient, side: Side): () => void {
  const pane: StoreApi<PaneState> = paneStores[side];
  const tree: StoreApi<TreeState> = treeStores[side];
  let overtaken = new AbortController();

  const follow = (state: PaneState, before: PaneState): void => {
    if (state.place !== before.place) tree.setState(emptyTree);
    const isOther = state.head?.path !== before.head?.path || tree.getState().root === null;
    if (state.head !== null && isOther) {
      overtaken.abort();
      const { crumbs } = state.head;
      tree.setState((known) => applyCrumbs(known, crumbs));
    }
    const isFreshlyRead = state.phase === "ready" && (before.phase !== "ready" || state.columns !== before.columns);
    if (!isFreshlyRead) return;
    tree.setState((known) => withShownFolder(known, state));
    overtaken.abort();
    overtaken = new AbortController();
    void readAncestors(state, overtaken.signal);
  };

  async function readAncestors({ head }: PaneState, signal: AbortSignal): Promise<void> {
    for (const { path } of head?.crumbs.slice(0, -1).reverse() ?? []) {
      if (signal.aborted) return;
      if (!needsReading(tree.getState(), path)) continue;
      await readSubfolders(engine, side, path, signal);
      tree.setState(applyReveal);
    }
  }

  const stop = pane.subscribe(follow);
  return () => {
    stop();
    overtaken.abort();
  };
}

/** Asks for the sub-folders of a tree node. A failure closes the node; opening it asks again. */
export async function readSubfolders(
  engine: EngineClient,
  side: Side,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const { place } = paneStores[side].getState();
  const tree = treeStores[side];
  if (place === null) return;
  const wasPartial = tree.getState().nodes.get(path)?.state === "partial";
  if (!wasPartial) tree.setState((state) => applyReading(state, path));
  try {
    const { folders } = await engine.call("folders.subfolders", { place, path }, signal);
    tree.setState((state) => applyChildren(state, path, keepShownWay(state, path, folders)));
  } catch {
    if (!wasPartial) tree.setState((state) => applyReadFailed(state, path));
  }
}

/** The folder on screen may be one its parent does not list (a link): it must not vanish from under the eye. */
function keepShownWay({ nodes }: TreeState, path: string, folders: readonly TreeFolder[]) {
  const listed = new Set(folders.map((folder) => folder.path));
  const onTheWay = (nodes.get(path)?.children ?? []).filter(
    (child) => nodes.has(child.path) && !listed.has(child.path),
  );
  return [...folders, ...onTheWay];
}

function withShownFolder(state: TreeState, { place, rowsPath, columns }: PaneState): TreeState {
  if (place === null || rowsPath === null) return state;
  const children: TreeFolder[] = [];
  for (let row = 0; row < columns.names.length; row++) {
    if (columns.types[row] !== "d") continue;
    children.push({ name: columns.names[row] ?? "", path: joinPath(place, rowsPath, wireNameAt(columns, row)) });
  }
  return applyChildren(state, rowsPath, children);
}
