import { create } from "zustand";
import type { Crumb } from "../../shared/contract/browse.ts";

export type TreeFolder = { readonly name: string; readonly path: string };

/** "partial": only the way to the shown folder is known; opening it by hand reads the rest. */
export type TreeNode = {
  readonly state: "unread" | "partial" | "reading" | "read" | "failed";
  readonly isExpanded: boolean;
  readonly children: readonly TreeFolder[];
};

export type TreeState = {
  readonly root: TreeFolder | null;
  /** What is known of a folder, by path. */
  readonly nodes: ReadonlyMap<string, TreeNode>;
  /** Where the keyboard stands; null: on the shown folder. */
  readonly focusPath: string | null;
  /** Counts how often the shown folder must be brought into view: when it changes, and when rows come in above it. */
  readonly reveals: number;
};

export type TreeRow = TreeFolder & {
  readonly depth: number;
  readonly isExpanded: boolean;
  /** false: read, and without sub-folders. */
  readonly mayHaveChildren: boolean;
  readonly isReading: boolean;
  readonly parentPath: string | null;
};

export const emptyTree: TreeState = { root: null, nodes: new Map(), focusPath: null, reveals: 0 };

export const treeStores = {
  local: create<TreeState>(() => emptyTree),
  remote: create<TreeState>(() => emptyTree),
} as const;

const unread: TreeNode = { state: "unread", isExpanded: false, children: [] };

/** The pane shows another folder: its ancestors are known now, and open; so is the root, which says what there is. */
export function applyCrumbs(state: TreeState, crumbs: readonly Crumb[]): TreeState {
  const [first] = crumbs;
  if (first === undefined) return state;
  const nodes = new Map(state.root?.path === first.path ? state.nodes : []);
  if (!nodes.has(first.path)) nodes.set(first.path, { ...unread, isExpanded: true });
  for (const [index, crumb] of crumbs.slice(0, -1).entries()) {
    const child = crumbs[index + 1];
    const node = nodes.get(crumb.path) ?? unread;
    const isListed = child === undefined || node.children.some(({ path }) => path === child.path);
    nodes.set(crumb.path, {
      state: node.state === "unread" ? "partial" : node.state,
      isExpanded: true,
      children: isListed ? node.children : [...node.children, { name: child.label, path: child.path }],
    });
  }
  return { root: { name: first.label, path: first.path }, nodes, focusPath: null, reveals: state.reveals + 1 };
}

/** Rows came in above the shown folder. Whoever looks elsewhere in the tree is left alone. */
export function applyReveal(state: TreeState): TreeState {
  return state.focusPath === null ? { ...state, reveals: state.reveals + 1 } : state;
}

/** All sub-folders of a folder are known. */
export function applyChildren(state: TreeState, path: string, children: readonly TreeFolder[]): TreeState {
  const node = state.nodes.get(path) ?? unread;
  return withNode(state, path, { ...node, state: "read", children });
}

export function applyReading(state: TreeState, path: string): TreeState {
  return withNode(state, path, { ...(state.nodes.get(path) ?? unread), state: "reading", isExpanded: true });
}

export function applyReadFailed(state: TreeState, path: string): TreeState {
  return withNode(state, path, { ...(state.nodes.get(path) ?? unread), state: "failed", isExpanded: false });
}

export function applyExpanded(state: TreeState, path: string, isExpanded: boolean): TreeState {
  return withNode(state, path, { ...(state.nodes.get(path) ?? unread), isExpanded });
}

export function applyTreeFocus(state: TreeState, focusPath: string | null): TreeState {
  return { ...state, focusPath };
}

/** Whether the sub-folders of a folder must still be asked for. */
export function needsReading(state: TreeState, path: string): boolean {
  const known = state.nodes.get(path)?.state ?? "unread";
  return known === "unread" || known === "partial" || known === "failed";
}

/** The open part of the tree, top to bottom. */
export function toTreeRows({ root, nodes }: TreeState, compare: (a: string, b: string) => number): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (folder: TreeFolder, depth: number, parentPath: string | null): void => {
    const node = nodes.get(folder.path) ?? unread;
    rows.push({
      ...folder,
      depth,
      parentPath,
      isExpanded: node.isExpanded && node.children.length > 0,
      mayHaveChildren: node.state !== "read" || node.children.length > 0,
      isReading: node.state === "reading",
    });
    if (!node.isExpanded) return;
    for (const child of [...node.children].sort((a, b) => compare(a.name, b.name))) add(child, depth + 1, folder.path);
  };
  if (root !== null) add(root, 0, null);
  return rows;
}

function withNode(state: TreeState, path: string, node: TreeNode): TreeState {
  return { ...state, nodes: new Map(state.nodes).set(path, node) };
}
