import type { PlanHead } from "../../../../shared/models/plan.ts";
import type { QueueHolds } from "../../../../shared/models/queueControl.ts";
import type {
  QueueFilter,
  QueueSort,
  QueueSummary,
  RestingSite,
  Transfer,
  TransferState,
} from "../../../../shared/models/transfer.ts";
import type { Clock } from "../../ports.ts";
import type { FoundLists } from "../find/foundLists.ts";
import type { QueueStore } from "../store/queueStore.ts";
import type { Count } from "../store/rowLooks.ts";
import { localPathOf, remotePathOf, type TransferRow } from "../transferRow.ts";
import type { Outages } from "../waiting/outages.ts";

export type WindowRange = {
  readonly filter: QueueFilter;
  readonly offset: number;
  readonly limit: number;
  readonly search?: string | undefined;
  readonly sort?: QueueSort | undefined;
};
export type QueueWindow = {
  readonly revision: number;
  readonly total: number;
  readonly rows: Transfer[];
  readonly isFinding?: boolean | undefined;
};

export type QueueViews = {
  readonly watchWindow: (range: WindowRange, emit: (window: QueueWindow) => void) => () => void;
  readonly watchSummary: (emit: (summary: QueueSummary) => void) => () => void;
  readonly watchHolds: (emit: (holds: QueueHolds) => void) => () => void;
  /** What `read` tells: at once, and when it tells something else after a change. Returns its end. */
  readonly watch: <T>(read: () => T, emit: (value: T) => void) => () => void;
  /** Rows have changed: watchers see it within 100 ms. */
  readonly changed: () => void;
  /** The last transfer has ended: watchers see it at once, for nothing more will follow. */
  readonly settled: () => void;
  readonly close: () => void;
};

export type ViewParts = {
  readonly store: QueueStore;
  readonly lists: Pick<FoundLists, "use" | "changed">;
  readonly clock: Clock;
  readonly outages: Pick<Outages, "all">;
  readonly siteName: (siteId: string) => string;
  readonly displayPath: (siteId: string, wirePath: string) => string;
  readonly planHeads: () => PlanHead[];
};

const newsEveryMs = 100;
const nearTheTop = 20_000; // rows that SQLite steps over in a few milliseconds; further down a list of ids knows the way

/** What the window shows of the queue. Thousands of changes become one look at the rows in view; nothing is sent that has not changed. */
export function createQueueViews(parts: ViewParts): QueueViews {
  const { store, lists, clock, outages, siteName, displayPath } = parts;
  const watchers = new Set<() => void>();
  let stopTimer: (() => void) | null = null;

  function changed(): void {
    lists.changed();
    if (stopTimer !== null || watchers.size === 0) return;
    stopTimer = clock.setTimer(newsEveryMs, lookNow);
  }

  function lookNow(): void {
    stopTimer?.();
    stopTimer = null;
    for (const look of watchers) look();
  }

  function watch<T>(read: () => T, emit: (value: T) => void): () => void {
    return follow(read, emit).stop;
  }

  function follow<T>(read: () => T, emit: (value: T) => void) {
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
    return {
      look,
      stop: () => {
        watchers.delete(look);
      },
    };
  }

  const describe = (row: TransferRow): Transfer => ({
    id: row.id,
    batchId: row.batchId,
    kind: row.kind,
    priority: row.priority,
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
    skippedBy: row.skippedBy,
    evidence: row.evidence,
    checked: row.checked,
    retryAtMs: row.retryAtMs,
    startedMs: row.startedMs,
    finishedMs: row.finishedMs,
  });

  const readTab = ({ filter, offset, limit }: WindowRange) => ({
    total: totalOf(store.counts(), statesOf[filter]),
    rows: store.window(filter, offset, limit).map(describe),
  });

  /** From a list of ids that is a moment old: what is searched or sorted, and a tab far down. Its total is known at once. */
  function watchFound(
    range: WindowRange,
    isAsTheTabIs: boolean,
    emit: (window: Omit<QueueWindow, "revision">) => void,
  ) {
    const { filter, offset, limit, search = "", sort = null } = range;
    const totalNow = () => totalOf(store.counts(), statesOf[filter]);
    let refresh = () => {};
    const list = lists.use({ filter, search, sort }, () => refresh());
    const read = () => {
      const ids = list.ids();
      if (ids === null) return { total: isAsTheTabIs ? totalNow() : 0, rows: [], isFinding: true };
      const rows = store.rowsOf([...ids.subarray(offset, offset + limit)]).map(describe);
      return { total: isAsTheTabIs ? totalNow() : ids.length, rows };
    };
    const { look, stop } = follow(read, emit);
    refresh = look;
    return () => {
      stop();
      list.release();
    };
  }

  /** A site without transfers keeps nobody waiting. */
  function restingSites(): RestingSite[] {
    const resting = outages.all();
    if (resting.length === 0) return [];
    const waited = store.sitesWaitedFor();
    return resting
      .filter(({ siteId }) => waited.has(siteId))
      .map(({ siteId, error, sinceMs, nextTryMs }) => ({
        ...{ siteId, siteName: siteName(siteId), sinceMs, nextTryMs },
        ...{ errorKind: error.kind, errorText: error.text },
      }));
  }

  return {
    watchWindow: (range, emit) => {
      let revision = 0;
      const tell = (window: Omit<QueueWindow, "revision">) => {
        revision += 1;
        emit({ revision, ...window });
      };
      const isAsTheTabIs = !range.search?.trim() && range.sort === undefined;
      return isAsTheTabIs && range.offset < nearTheTop
        ? watch(() => readTab(range), tell)
        : watchFound(range, isAsTheTabIs, tell);
    },
    watchSummary: (emit) => watch(() => summarise(store.counts(), store.isProcessing(), restingSites()), emit),
    watchHolds: (emit) => watch(() => ({ ...describeHolds(store.holds, parts), plans: parts.planHeads() }), emit),
    watch,
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

function describeHolds(
  holds: QueueStore["holds"],
  { siteName, displayPath }: Pick<ViewParts, "siteName" | "displayPath">,
): Omit<QueueHolds, "plans"> {
  return {
    pausedSites: holds.pausedSites().map((id) => ({ id, name: siteName(id) })),
    starts: holds.starts().map(({ atMs, batch }) => {
      if (batch === null) return { atMs, batch };
      const { id, siteId, direction, root } = batch;
      const targetFolder = direction === "upload" ? displayPath(siteId, root) : root;
      return { atMs, batch: { id, siteName: siteName(siteId), direction, targetFolder } };
    }),
  };
}

/** A transfer between two tries counts as queued. */
function summarise(counts: readonly Count[], isProcessing: boolean, resting: RestingSite[]): QueueSummary {
  return {
    queued: totalOf(counts, ["queued", "backoff"]),
    running: totalOf(counts, ["running"]),
    waiting: totalOf(counts, ["waiting"]),
    paused: totalOf(counts, ["paused"]),
    failed: totalOf(counts, statesOf.failed),
    completed: totalOf(counts, statesOf.completed),
    bytesRemaining: bytesIn(counts, statesOf.queued),
    isProcessing,
    resting,
  };
}
