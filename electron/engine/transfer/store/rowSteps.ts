import type { QueueSelection } from "../../../../shared/contract/queue.ts";
import type { TransferState } from "../../../../shared/models/transfer.ts";
import type { QueueStore } from "./queueStore.ts";
import type { RowScope } from "./rowScope.ts";

const rowsAtOnce = 10_000; // a step of a long change: some 50 ms, then others get their turn

/** The rows of a selection in one of `states`, step by step, the oldest first; a million rows are never held at once. */
export async function forEachStep(
  store: Pick<QueueStore, "selectIds" | "folderScope">,
  selection: QueueSelection,
  states: readonly TransferState[],
  step: (ids: readonly number[]) => void | Promise<void>,
): Promise<void> {
  const scope = scopeOf(store, selection);
  if (scope === null) return;
  for (let after = 0; ; ) {
    const ids = store.selectIds(scope, states, after, rowsAtOnce);
    const last = ids.at(-1);
    if (last === undefined) return;
    await step(ids);
    after = last;
    await new Promise(setImmediate);
  }
}

function scopeOf(store: Pick<QueueStore, "folderScope">, selection: QueueSelection): RowScope | null {
  if (!("folderOf" in selection)) return selection;
  const folder = store.folderScope(selection.folderOf);
  return folder === null ? null : { folder };
}
