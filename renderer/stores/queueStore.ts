import { create } from "zustand";
import type { QueueFilter, QueueSort, QueueSummary, Transfer } from "../../shared/models/transfer.ts";
import { type Choice, followRows, nothingChosen } from "./queueChoice.ts";

/** The rows of a tab that are loaded: row `offset` of the tab is `rows[0]`. The rest of a queue never comes here. */
export type QueueWindow = {
  readonly offset: number;
  readonly total: number;
  readonly rows: readonly Transfer[];
  /** What is searched for has not been found yet. */
  readonly isFinding?: boolean | undefined;
};

/** What a tab is searched for ("": nothing), and how it is sorted (null: its own order). */
export type TabWish = { readonly search: string; readonly sort: QueueSort | null };

export type QueueState = {
  readonly summary: QueueSummary;
  /** Bytes of everything added since the queue was last empty: what the overall progress is a share of. */
  readonly plannedBytes: number;
  readonly windows: Readonly<Record<QueueFilter, QueueWindow>>;
  readonly choices: Readonly<Record<QueueFilter, Choice>>;
  readonly wishes: Readonly<Record<QueueFilter, TabWish>>;
};

export const emptySummary: QueueSummary = {
  queued: 0,
  running: 0,
  waiting: 0,
  paused: 0,
  failed: 0,
  completed: 0,
  bytesRemaining: 0,
  isProcessing: true,
  resting: [],
};

const emptyWindow: QueueWindow = { offset: 0, total: 0, rows: [] };

const noWish: TabWish = { search: "", sort: null };

export const initialQueue: QueueState = {
  summary: emptySummary,
  plannedBytes: 0,
  windows: { queued: emptyWindow, failed: emptyWindow, completed: emptyWindow },
  choices: { queued: nothingChosen, failed: nothingChosen, completed: nothingChosen },
  wishes: { queued: noWish, failed: noWish, completed: noWish },
};

export const useQueueStore = create<QueueState>(() => initialQueue);

/** Rows that say the same as before keep their identity, so that only changed rows draw. Old rows stay while others are looked for. */
export function applyWindow(state: QueueState, filter: QueueFilter, next: QueueWindow): QueueState {
  const before = state.windows[filter];
  if (next.isFinding) return { ...state, windows: { ...state.windows, [filter]: { ...before, isFinding: true } } };
  const inOrder = state.wishes[filter].sort === null ? runningFirst : asTheyCome;
  const window = { ...next, rows: keepIdentity(before.rows, inOrder(next.rows)) };
  const choice = followRows(state.choices[filter], before, window);
  return {
    ...state,
    windows: { ...state.windows, [filter]: window },
    choices: choice === state.choices[filter] ? state.choices : { ...state.choices, [filter]: choice },
  };
}

export function applySummary(state: QueueState, summary: QueueSummary): QueueState {
  if (isSame(state.summary, summary)) return state;
  const added = Math.max(0, summary.bytesRemaining - state.summary.bytesRemaining);
  const plannedBytes = pendingCount(summary) === 0 ? 0 : Math.max(state.plannedBytes + added, summary.bytesRemaining);
  return { ...state, summary, plannedBytes };
}

/** Transfers that have not ended. */
export function pendingCount({ queued, running, waiting, paused }: QueueSummary): number {
  return queued + running + waiting + paused;
}

export function applyChoice(state: QueueState, filter: QueueFilter, choice: Choice): QueueState {
  return { ...state, choices: { ...state.choices, [filter]: choice } };
}

/** A search or an order: positions mean other rows, so that nothing stays chosen, and the rows shown are old until others come. */
export function applyWish(state: QueueState, filter: QueueFilter, change: Partial<TabWish>): QueueState {
  const wish = { ...state.wishes[filter], ...change };
  return {
    ...state,
    wishes: { ...state.wishes, [filter]: wish },
    windows: { ...state.windows, [filter]: { ...state.windows[filter], isFinding: true } },
    choices: { ...state.choices, [filter]: nothingChosen },
  };
}

/** A press on a column's name: upwards, downwards, and back to the tab's own order. */
export function nextQueueSort(sort: QueueSort | null, by: QueueSort["by"]): QueueSort | null {
  if (sort?.by !== by) return { by, isDescending: false };
  return sort.isDescending ? null : { by, isDescending: true };
}

/** The row at a position of the tab, or undefined while it is not loaded. */
export function rowAt(window: QueueWindow, index: number): Transfer | undefined {
  return window.rows[index - window.offset];
}

/** Transfers that run are the lanes on top, even when older rows wait for an answer. */
function runningFirst(rows: readonly Transfer[]): readonly Transfer[] {
  const running = rows.filter((row) => row.state === "running");
  if (running.length === 0) return rows;
  return [...running, ...rows.filter((row) => row.state !== "running")];
}

function asTheyCome(rows: readonly Transfer[]): readonly Transfer[] {
  return rows;
}

function keepIdentity(before: readonly Transfer[], next: readonly Transfer[]): readonly Transfer[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return next.map((row) => {
    const old = known.get(row.id);
    return old !== undefined && isSame(old, row) ? old : row;
  });
}

function isSame<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(b) as (keyof T)[];
  return keys.every((key) => a[key] === b[key]);
}
