import type { EngineClient } from "../../shared/contract/contract.ts";
import type { QueueSelection } from "../../shared/contract/queue.ts";
import type { Priority } from "../../shared/models/priority.ts";
import type { MoveTarget } from "../../shared/models/queueControl.ts";
import type { QueueFilter } from "../../shared/models/transfer.ts";
import { applyBatches, useBatchesStore } from "../stores/batchesStore.ts";
import type { TabSelection } from "../stores/queueChoice.ts";
import { applyWindow, type TabWish, useQueueStore } from "../stores/queueStore.ts";

/** What a user can do to the queue. Each promise rejects with AppError; the outcome is seen in the queue's own news. */
export type QueueIntents = {
  readonly setProcessing: (isProcessing: boolean) => Promise<unknown>;
  readonly setMaxTransfers: (maxTransfers: number) => Promise<unknown>;
  readonly pause: (selection: QueueSelection) => Promise<unknown>;
  readonly resume: (selection: QueueSelection) => Promise<unknown>;
  readonly cancel: (selection: QueueSelection) => Promise<unknown>;
  readonly retry: (selection: QueueSelection) => Promise<unknown>;
  /** What waits for a site or for its next try begins at once. */
  readonly tryNow: () => Promise<unknown>;
  readonly remove: (selection: QueueSelection) => Promise<unknown>;
  /** The ids a selection means; of a whole tab at most 100,000. */
  readonly idsOf: (selection: TabSelection) => Promise<readonly number[]>;
  readonly setPriority: (selection: QueueSelection, change: Priority | "raise" | "lower") => Promise<unknown>;
  readonly move: (selection: QueueSelection, target: MoveTarget) => Promise<unknown>;
  /** `batchId` null: the whole queue. */
  readonly startAt: (batchId: number | null, atMs: number) => Promise<unknown>;
  /** Keeps these rows of a tab, as it is searched and sorted, in the store until the returned function is called. */
  readonly watchWindow: (filter: QueueFilter, offset: number, limit: number, wish: TabWish) => () => void;
  /** Keeps these drops in the store until the returned function is called. */
  readonly watchBatches: (offset: number, limit: number) => () => void;
  /** The ids of rows `offset … offset + count`, also of those that are not loaded. At most 100,000 (the contract's limit). */
  readonly readIds: (filter: QueueFilter, offset: number, count: number) => Promise<readonly number[]>;
};

const windowLimit = 500; // the contract's limit
const idsLimit = 100_000;

export function queueIntents(engine: EngineClient): QueueIntents {
  const readIds: QueueIntents["readIds"] = async (filter, offset, count) => {
    const ids: number[] = [];
    const end = offset + Math.min(count, idsLimit);
    for (let from = offset; from < end; from += windowLimit) {
      ids.push(...(await readWindow(engine, filter, from, Math.min(windowLimit, end - from))));
    }
    return ids;
  };
  return {
    setProcessing: (isProcessing) => engine.call("queue.setProcessing", { isProcessing }),
    setMaxTransfers: (maxTransfers) => engine.call("settings.change", { maxTransfers }),
    pause: (selection) => engine.call("queue.pause", selection),
    resume: (selection) => engine.call("queue.resume", selection),
    cancel: (selection) => engine.call("queue.cancel", selection),
    retry: (selection) => engine.call("queue.retry", selection),
    tryNow: () => engine.call("queue.tryNow", {}),
    remove: (selection) => engine.call("queue.remove", selection),
    setPriority: (selection, change) => engine.call("queue.setPriority", { selection, change }),
    move: (selection, target) => engine.call("queue.move", { selection, target }),
    startAt: (batchId, atMs) => engine.call("queue.startAt", { batchId, atMs }),
    watchWindow: (filter, offset, limit, wish) =>
      engine.open("queue.watchWindow", { filter, offset, limit, ...asked(wish) }, ({ total, rows, isFinding }) =>
        useQueueStore.setState((state) => applyWindow(state, filter, { offset, total, rows, isFinding })),
      ),
    watchBatches: (offset, limit) =>
      engine.open("queue.watchBatches", { offset, limit }, ({ total, batches }) =>
        useBatchesStore.setState((state) => applyBatches(state, { total, offset, batches })),
      ),
    readIds,
    idsOf: async (selection) =>
      "ids" in selection
        ? selection.ids
        : readIds(selection.filter, 0, useQueueStore.getState().windows[selection.filter].total),
  };
}

/** One look at a window: its snapshot, and no news after it. */
function readWindow(engine: EngineClient, filter: QueueFilter, offset: number, limit: number): Promise<number[]> {
  const wish = useQueueStore.getState().wishes[filter];
  return new Promise((resolve, reject) => {
    const stop = engine.open(
      "queue.watchWindow",
      { filter, offset, limit, ...asked(wish) },
      ({ rows, isFinding }) => {
        if (isFinding) return;
        stop(); // items never come before `open` has returned: every transport is asynchronous
        resolve(rows.map((row) => row.id));
      },
      reject,
    );
  });
}

function asked({ search, sort }: TabWish) {
  return { ...(search.trim() === "" ? {} : { search }), ...(sort === null ? {} : { sort }) };
}
