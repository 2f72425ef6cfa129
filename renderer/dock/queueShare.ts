import type { ProgressBatch, QueueSummary } from "../../shared/models/transfer.ts";

/** How much of the queue is done, 0–1, by bytes; null while no size is known. Live figures are newer than the summary's. */
export function queueShare(summary: QueueSummary, plannedBytes: number, live: ProgressBatch["total"]): number | null {
  if (plannedBytes === 0) return null;
  const remaining =
    summary.running > 0 ? Math.min(summary.bytesRemaining, live.bytesRemaining) : summary.bytesRemaining;
  return Math.min(1, Math.max(0, 1 - remaining / plannedBytes));
}
