import { create } from "zustand";
import type { Crumb, FolderNews } from "../../shared/contract/browse.ts";
import type { WireError } from "../../shared/errors/appError.ts";
import { type EntryColumns, wireNameAt } from "../../shared/models/entry.ts";
import { localPlace, type Place, type Side } from "../../shared/models/place.ts";
import { appendColumns, noColumns } from "./columns.ts";
import { emptySelection, type RowSelection } from "./rowSelection.ts";

/** Where a folder lies, as its listing told. */
export type FolderHead = {
  readonly path: string;
  readonly displayPath: string;
  readonly crumbs: readonly Crumb[];
  readonly parentPath: string | null;
};

/** "idle": no folder asked for yet. "reading": asked, no rows yet. "arriving": rows come in. "ready", "failed": the end. */
export type PanePhase = "idle" | "reading" | "arriving" | "ready" | "failed";

export type PaneState = {
  /** null: the remote side without a connection. */
  readonly place: Place | null;
  /** The folder asked for; null until the place says where it begins. */
  readonly path: string | null;
  /** Counts what was asked for: the same folder may be asked for twice. */
  readonly asked: number;
  readonly head: FolderHead | null;
  readonly phase: PanePhase;
  readonly error: WireError | null;
  /** Something the user tried in this folder and that failed. */
  readonly trouble: { readonly heading: string; readonly error: WireError } | null;
  readonly revision: number;
  /** The rows on screen, and the folder they belong to: after a move it is the old one until the first rows arrive. */
  readonly columns: EntryColumns;
  readonly rowsPath: string | null;
  /** A folder read again: its rows gather here and take the place of the shown ones at once. */
  readonly incoming: EntryColumns | null;
  readonly selection: RowSelection;
  /** The name (wire name, or as typed) to stand on once it is listed: the folder just left, the name just given. */
  readonly wanted: string | null;
  readonly renamingRow: number | null;
  readonly back: readonly string[];
  readonly forward: readonly string[];
};

export function createPaneStore(place: Place | null) {
  return create<PaneState>(() => emptyPane(place));
}

export const paneStores = { local: createPaneStore(localPlace), remote: createPaneStore(null) } as const;

/** The store of a side, as a hook. */
export function usePaneStore<T>(side: Side, select: (state: PaneState) => T): T {
  return paneStores[side](select);
}

export function emptyPane(place: Place | null): PaneState {
  return {
    place,
    path: null,
    asked: 0,
    head: null,
    phase: "idle",
    error: null,
    trouble: null,
    revision: 0,
    columns: noColumns,
    rowsPath: null,
    incoming: null,
    selection: emptySelection,
    wanted: null,
    renamingRow: null,
    back: [],
    forward: [],
  };
}

const longestHistory = 100;

/** The pane sets out for a folder; where it was goes into the history. The same folder again changes nothing. */
export function applyGoTo(state: PaneState, path: string, wanted: string | null = null): PaneState {
  if (path === state.path && state.phase !== "failed") return state;
  const back =
    state.path === null || state.path === path ? state.back : [...state.back, state.path].slice(-longestHistory);
  return { ...setOut(state, path, wanted), back, forward: [] };
}

export function applyGoBack(state: PaneState): PaneState {
  const path = state.back.at(-1);
  if (path === undefined || state.path === null) return state;
  return { ...setOut(state, path, null), back: state.back.slice(0, -1), forward: [state.path, ...state.forward] };
}

export function applyGoForward(state: PaneState): PaneState {
  const [path, ...forward] = state.forward;
  if (path === undefined || state.path === null) return state;
  return { ...setOut(state, path, null), back: [...state.back, state.path], forward };
}

/** One item of `folders.watch`, for the folder this pane has asked for. */
export function applyFolderNews(state: PaneState, news: FolderNews): PaneState {
  if (news.state === "begin") return begin(state, news);
  if (news.revision !== state.revision) return state;
  switch (news.state) {
    case "rows": {
      const incoming = appendColumns(state.incoming ?? noColumns, news.columns);
      return isReadAgain(state) ? { ...state, incoming } : { ...show(state, incoming), phase: "arriving" };
    }
    case "end":
      return standOnWanted({ ...show(state, state.incoming ?? noColumns), phase: "ready", incoming: null });
    case "error":
      return {
        ...state,
        phase: "failed",
        error: news.error,
        columns: noColumns,
        rowsPath: null,
        incoming: null,
        selection: emptySelection,
      };
  }
}

/** What the user selects outweighs a name still waited for. */
export function applySelection(state: PaneState, selection: RowSelection): PaneState {
  return { ...state, selection, wanted: null };
}

export function applyTrouble(state: PaneState, trouble: PaneState["trouble"]): PaneState {
  return { ...state, trouble };
}

export function applyRenaming(state: PaneState, renamingRow: number | null): PaneState {
  return { ...state, renamingRow };
}

/** Stand on this name when it appears in the shown folder, at once or with the next listing. */
export function applyWanted(state: PaneState, wanted: string): PaneState {
  const waiting = { ...state, wanted };
  return state.phase === "ready" ? standOnWanted(waiting) : waiting;
}

function setOut(state: PaneState, path: string, wanted: string | null): PaneState {
  return {
    ...state,
    path,
    asked: state.asked + 1,
    wanted,
    phase: "reading",
    error: null,
    trouble: null,
    incoming: null,
    renamingRow: null,
  };
}

function begin(
  state: PaneState,
  { revision, path, displayPath, crumbs, parentPath }: FolderNews & { state: "begin" },
): PaneState {
  const isAgain = state.rowsPath === path;
  return {
    ...state,
    revision,
    head: { path, displayPath, crumbs, parentPath },
    phase: isAgain ? state.phase : "reading",
    error: null,
    incoming: noColumns,
  };
}

/** The shown folder changed and is read afresh: its rows stay until the new ones are complete, so that nothing flickers. */
function isReadAgain(state: PaneState): boolean {
  return state.rowsPath === state.head?.path && state.phase !== "arriving";
}

function show(state: PaneState, columns: EntryColumns): PaneState {
  const path = state.head?.path ?? null;
  if (state.rowsPath !== path) {
    return { ...state, columns, incoming: columns, rowsPath: path, selection: emptySelection, renamingRow: null };
  }
  // Rows that only joined keep their numbers; a listing read again may have given each name another one.
  if (state.phase === "arriving") return { ...state, columns, incoming: columns };
  return { ...state, columns, selection: followNames(state, columns), renamingRow: null };
}

function followNames({ selection, columns: before }: PaneState, columns: EntryColumns): RowSelection {
  if (selection.rows.size === 0 && selection.focus === null) return selection;
  const rowOfName = new Map<string, number>();
  for (let row = 0; row < columns.names.length; row++) rowOfName.set(wireNameAt(columns, row), row);
  const follow = (row: number | null) =>
    row === null || row < 0 ? row : (rowOfName.get(wireNameAt(before, row)) ?? null);
  const rows = new Set<number>();
  for (const row of selection.rows) {
    const now = follow(row);
    if (now !== null) rows.add(now);
  }
  return { rows, focus: follow(selection.focus), anchor: follow(selection.anchor) };
}

/** A name that is not listed yet stays wanted: the listing that holds it may be the next one. */
function standOnWanted(state: PaneState): PaneState {
  const row = state.wanted === null ? null : rowOf(state.columns, state.wanted);
  if (row === null) return state;
  return { ...state, wanted: null, selection: { rows: new Set([row]), focus: row, anchor: row } };
}

function rowOf(columns: EntryColumns, wanted: string): number | null {
  for (let row = 0; row < columns.names.length; row++) if (wireNameAt(columns, row) === wanted) return row;
  const named = columns.names.indexOf(wanted);
  return named === -1 ? null : named;
}
