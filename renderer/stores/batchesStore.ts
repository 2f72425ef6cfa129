import { create } from "zustand";
import type { Batch } from "../../shared/models/batch.ts";

export type BatchesState = {
  /** How many drops there are in all; those shown begin at `offset`. */
  readonly total: number;
  readonly offset: number;
  readonly batches: readonly Batch[];
  /** The drops whose details are open. */
  readonly expanded: ReadonlySet<number>;
};

export const initialBatches: BatchesState = { total: 0, offset: 0, batches: [], expanded: new Set() };

export const useBatchesStore = create<BatchesState>(() => initialBatches);

/** News of `queue.watchBatches`. A drop that says the same as before keeps its identity, so that it is not drawn again. */
export function applyBatches(
  state: BatchesState,
  { total, offset, batches }: Omit<BatchesState, "expanded">,
): BatchesState {
  const known = new Map(state.batches.map((batch) => [batch.id, batch]));
  const kept = batches.map((batch) => {
    const before = known.get(batch.id);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(batch) ? before : batch;
  });
  return { ...state, total, offset, batches: kept };
}

export function applyExpanded(state: BatchesState, id: number, isExpanded: boolean): BatchesState {
  const expanded = new Set(state.expanded);
  if (isExpanded) expanded.add(id);
  else expanded.delete(id);
  return { ...state, expanded };
}
