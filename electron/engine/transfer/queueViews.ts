import type { QueueFilter, QueueSummary, Transfer, TransferState } from "../../../shared/models/transfer.ts";
import type { Clock } from "../ports.ts";
import type { Count, QueueStore } from "./queueStore.ts";
import { localPathOf, remotePathOf, type TransferRow } from "./transferRow.ts";

export type WindowRange = { readonly filter: QueueFilter; readonly offset: number; readonly limit: number };
export type QueueWindow = { readonly revision: number; readonly total: number; readonly rows: Transfer[] };

export type QueueViews = {
  readonly watchWindow: (range: WindowRange, emit: (window: QueueWindow) => void) => () => void;
  readonly watchSummary: (emit: (summary: QueueSummary) => void) => () => void;
  /** Rows have changed: watchers see it within 100 ms. */
  readonly changed: () => void;
  /** The last transfer has ended: watchers see it at once, for nothing more will follow. */
  readonly settled: () => void;
  readonly close: () => void;
};

export type ViewParts = {
  readonly store: QueueStore;
  readonly clock: Clock;
  readonly siteName: (siteId: string) => string;
  readonly displayPath: (siteId: string, wirePath: string) => string;
};

const newsEveryMs = 100;

/** What the window shows of the queue. Thousands of changes become one look at the rows in view; nothing is sent that has not changed. */
export function createQueueViews({ store, clock, siteName, displayPath }: ViewParts): QueueViews {
  const watchers = new Set<() => void>();
  let stopTimer: (() => void) | null = null;

  function changed(): void {
    if (stopTimer !== null || watchers.size === 0) return;
    stopTimer = clock.setTimer(newsEveryMs, lookNow);
  }

  function lookNow(): void {
    stopTimer?.();
    stopTimer = null;
    for (const look of watchers) look();
  }

  function watch<T>(read: () => T, emit: (value: T) => void): () => void {
    let shown = "";
    const look = () => {
      const value = read();
      const text = JSON.stringify(value);
      if (text === shown) return;
      shown = text;
      emit(value);
    };
    watchers.add(look);
    look();
    return () => {
      watchers.delete(look);
    };
  }

  const describe = (row: TransferRow): Transfer => ({
    id: row.id,
    batchId: row.batchId,
    kind: row.kind,
    direction: row.direction,
    siteId: row.siteId,
    siteName: siteName(row.siteId),
    localPath: localPathOf(row),
    remotePath: remotePathOf(row),
    remoteDisplayPath: displayPath(row.siteId, remotePathOf(row)),
    size: row.size,
    bytesDone: row.bytesDone,
    state: row.state,
    attempts: row.attempts,
    errorKind: row.errorKind,
    errorText: row.errorText,
    skipped: row.skipped,
    evidence: row.evidence,
    checked: row.checked,
    retryAtMs: row.retryAtMs,
    startedMs: row.startedMs,
    finishedMs: row.finishedMs,
  });

  return {
    watchWindow: ({ filter, offset, limit }, emit) => {
      let revision = 0;
      const read = () => ({
        total: totalOf(store.counts(), statesOf[filter]),
        rows: store.window(filter, offset, limit).map(describe),
      });
      return watch(read, (window) => {
        revision += 1;
        emit({ revision, ...window });
      });
    },
    watchSummary: (emit) => watch(() => summarise(store.counts(), store.isProcessing()), emit),
    changed,
    settled: lookNow,
    close: () => {
      stopTimer?.();
      stopTimer = null;
      watchers.clear();
    },
  };
}

const statesOf = {
  queued: ["queued", "running", "waiting", "backoff", "paused"],
  failed: ["failed"],
  completed: ["done", "cancelled"],
} as const satisfies Record<QueueFilter, readonly TransferState[]>;

function totalOf(counts: readonly Count[], states: readonly TransferState[]): number {
  return counts.reduce((total, { state, n }) => (states.includes(state) ? total + n : total), 0);
}

/** Bytes known to remain in some states. */
export function bytesIn(counts: readonly Count[], states: readonly TransferState[]): number {
  return counts.reduce((total, { state, bytes }) => (states.includes(state) ? total + bytes : total), 0);
}

/** A transfer between two tries counts as queued. */
function summarise(counts: readonly Count[], isProcessing: boolean): QueueSummary {
  return {
    queued: totalOf(counts, ["queued", "backoff"]),
    running: totalOf(counts, ["running"]),
    waiting: totalOf(counts, ["waiting"]),
    paused: totalOf(counts, ["paused"]),
    failed: totalOf(counts, statesOf.failed),
    completed: totalOf(counts, statesOf.completed),
    bytesRemaining: bytesIn(counts, statesOf.queued),
    isProcessing,
  };
}
