import type { Batch } from "../../../../shared/models/batch.ts";
import { evidenceLevels } from "../../../../shared/models/evidence.ts";
import type { Clock } from "../../ports.ts";
import type { BatchEnd, BatchProof, BatchRow, BatchStore } from "../store/batchStore.ts";

export type BatchWindow = { readonly revision: number; readonly total: number; readonly batches: Batch[] };
export type BatchRange = { readonly offset: number; readonly limit: number };

export type BatchViewParts = {
  readonly store: BatchStore;
  readonly clock: Clock;
  readonly siteName: (siteId: string) => string;
  readonly displayPath: (siteId: string, wirePath: string) => string;
};

const lookEveryMs = 500; // a summary is read, not watched

/** A window of the queue by drops: at once, and again when it has changed. Costs nothing while nobody watches. Returns its end. */
export function watchBatches(
  { store, clock, siteName, displayPath }: BatchViewParts,
  { offset, limit }: BatchRange,
  emit: (window: BatchWindow) => void,
): () => void {
  let shown = "";
  let revision = 0;
  let stopTimer = () => {};

  const look = () => {
    stopTimer = clock.setTimer(lookEveryMs, look);
    const rows = store.batchWindow(offset, limit);
    const ids = rows.map(({ id }) => id);
    const ends = Map.groupBy(store.batchEnds(ids), ({ batch }) => batch);
    const proofs = Map.groupBy(store.batchProofs(ids), ({ batch }) => batch);
    const begun = store.batchBytesBegun();
    const batches = rows.map((row) => ({
      ...describeBatch(row, ends.get(row.id) ?? [], proofs.get(row.id) ?? [], begun.get(row.id) ?? 0),
      siteName: siteName(row.siteId),
      target: row.direction === "upload" ? displayPath(row.siteId, row.root) : row.root,
    }));
    const total = store.batchTotal();
    const text = JSON.stringify([total, batches]);
    if (text === shown) return;
    shown = text;
    revision += 1;
    emit({ revision, total, batches });
  };

  look();
  return () => stopTimer();
}

/** One drop, how its transfers have ended and what proves those that are done, added up. `begunBytes`: what those have moved that have not ended. */
export function describeBatch(
  { root, ...row }: BatchRow,
  ends: readonly BatchEnd[],
  proofs: readonly BatchProof[],
  begunBytes: number,
): Omit<Batch, "siteName" | "target"> {
  const count = (wanted: (end: BatchEnd) => boolean) => ends.reduce((sum, end) => (wanted(end) ? sum + end.n : sum), 0);
  const settled = ends.reduce((sum, { bytes }) => sum + bytes, begunBytes);
  const lastMs = Math.max(...ends.map((end) => end.lastMs ?? 0), row.createdMs);
  return {
    ...row,
    finishedMs: row.left > 0 ? null : lastMs,
    bytesSettled: Math.min(settled, row.bytes),
    done: count(({ outcome, kind }) => outcome === "done" && kind === "file"),
    proved: evidenceLevels.toReversed().flatMap((level) => {
      const proof = proofs.find((one) => one.level === level);
      return proof === undefined ? [] : [{ level, count: proof.n }];
    }),
    cancelled: count(({ outcome }) => outcome === "cancelled"),
    skipped: addUp(ends.flatMap((end) => (end.outcome === "skipped" ? [[end.reason, end.n] as const] : []))).map(
      ([reason, count]) => ({ reason, count }),
    ),
    failed: addUp(ends.flatMap((end) => (end.outcome === "failed" ? [[end.reason, end.n] as const] : []))).map(
      ([kind, count]) => ({ kind, count }),
    ),
  };
}

/** Files and folders come apart. What was undone again (a retry) leaves a zero behind. */
function addUp<R extends string>(counts: readonly (readonly [R, number])[]): (readonly [R, number])[] {
  const sums = new Map<R, number>();
  for (const [reason, n] of counts) if (n > 0) sums.set(reason, (sums.get(reason) ?? 0) + n);
  return [...sums].sort(([, a], [, b]) => b - a);
}
