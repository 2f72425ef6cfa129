import type { QueueEnds } from "../../../shared/models/queueControl.ts";
import type { TransferState } from "../../../shared/models/transfer.ts";
import { createListeners } from "../util/listeners.ts";
import type { Count } from "./store/rowLooks.ts";

export type QueueEndsParts = {
  readonly counts: () => readonly Count[];
  readonly onEnd: () => void;
};

/** Paused ones count: the user has said that they are not finished. */
const unfinished: readonly TransferState[] = ["queued", "running", "waiting", "backoff", "paused"];

/** Notices when the queue has come to its end by itself: its last transfer was done, skipped or given up, not taken away by the user. */
export function noticeQueueEnds({ counts, onEnd }: QueueEndsParts) {
  const listeners = createListeners<QueueEnds>();
  let ends: QueueEnds = { count: 0, failed: 0 };

  return {
    /** Nothing runs just now, and what ran last ended by itself. */
    look: (): void => {
      const now = counts();
      const has = (state: TransferState) => now.some((count) => count.state === state && count.n > 0);
      if (unfinished.some(has)) return;
      const failed = now.reduce((sum, { state, n }) => (state === "failed" ? sum + n : sum), 0);
      ends = { count: ends.count + 1, failed };
      listeners.tell(ends);
      onEnd();
    },
    watch: (emit: (ends: QueueEnds) => void): (() => void) => {
      emit(ends);
      return listeners.add(emit);
    },
  };
}
