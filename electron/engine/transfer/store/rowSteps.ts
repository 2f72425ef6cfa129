import type { QueueSelection } from "../../../../shared/contract/queue.ts";
import type { TransferState } from "../../../../shared/models/transfer.ts";
import type { QueueStore } from "./queueStore.ts";
import type { RowScope } from "./rowScope.ts";

type Store = Pick<QueueStore, "selectIds" | "lastId" | "folderScope">;

const stepMs = 10; // of the engine's thread; then others get their turn
const firstSize = 1_000;
const [smallest, largest] = [100, 100_000];

/**
 * The rows of a selection in one of `states`, step by step, the oldest first. A step is a stretch of the table, as long as about 10 ms
 * allow: what a row costs and how many of them are meant differs a thousandfold. Rows that come meanwhile are meant too.
 */
export async function forEachStep(
  store: Store,
  selection: QueueSelection,
  states: readonly TransferState[],
  step: (ids: readonly number[]) => void | Promise<void>,
  now: () => number = () => performance.now(),
): Promise<void> {
  const take = stretchesOf(store, selection, states);
  for (let size = firstSize; ; ) {
    const begunMs = now();
    const ids = take(size);
    if (ids === null) return;
    if (ids.length > 0) await step(ids);
    size = sizeAfter(size, now() - begunMs);
    await new Promise(setImmediate);
  }
}

/** Gives the rows of the next stretch of `size`; null behind the last one. */
function stretchesOf(
  store: Store,
  selection: QueueSelection,
  states: readonly TransferState[],
): (size: number) => readonly number[] | null {
  let at = 0;
  if ("ids" in selection) {
    const all = selection.ids.toSorted((one, other) => one - other);
    return (size) => {
      const ids = all.slice(at, at + size);
      at += size;
      return ids.length === 0 ? null : store.selectIds({ ids }, states, 0, ids.length);
    };
  }
  const scope = scopeOf(store, selection);
  return (size) => {
    const last = store.lastId();
    if (scope === null || at >= last) return null;
    const after = at;
    at = Math.min(at + size, last);
    return store.selectIds(scope, states, after, size, at);
  };
}

/** At most twice or half as much as before: one slow step is no reason to crawl. */
function sizeAfter(size: number, tookMs: number): number {
  const factor = Math.min(2, Math.max(0.5, stepMs / Math.max(tookMs, 0.1)));
  return Math.min(largest, Math.max(smallest, Math.round(size * factor)));
}

function scopeOf(store: Store, selection: QueueSelection): RowScope | null {
  if (!("folderOf" in selection)) return selection;
  const folder = store.folderScope(selection.folderOf);
  return folder === null ? null : { folder };
}
