import type { Clock } from "../../ports.ts";
import type { PlannedStart, QueueHolds } from "../store/queueHolds.ts";

export type StartTimesParts = {
  readonly holds: Pick<QueueHolds, "starts">;
  readonly clock: Clock;
  /** Its time has come: resolves when it is set going. */
  readonly begin: (start: PlannedStart) => Promise<void>;
  /** The queue's file could not be written; the next look tries again. */
  readonly onError: (error: unknown) => void;
};

export type StartTimes = {
  /** Looks at what there is to wait for: after a change, and when Portside begins. */
  readonly look: () => void;
  readonly close: () => void;
};

// A timer stands still while the computer sleeps, so a long wait is cut into looks at the clock.
const longestWaitMs = 60_000;

/**
 * Begins drops, and the whole queue, at the time the user said; what is due already begins at once. First it begins, then its time is
 * forgotten: Portside may be killed between the two, and beginning twice does no harm.
 */
export function keepStartTimes({ holds, clock, begin, onError }: StartTimesParts): StartTimes {
  let stopTimer: (() => void) | null = null;
  let isOpen = true;

  function look(): void {
    beginDue().catch(onError);
  }

  async function beginDue(): Promise<void> {
    stopTimer?.();
    stopTimer = null;
    const starts = holds.starts();
    setAlarm(starts);
    for (const start of starts.filter(({ atMs }) => atMs <= clock.now())) {
      await begin(start);
      if (!isOpen) return;
    }
  }

  function setAlarm(starts: readonly PlannedStart[]): void {
    const waiting = starts.map(({ atMs }) => atMs - clock.now()).filter((waitMs) => waitMs > 0);
    if (waiting.length > 0) stopTimer = clock.setTimer(Math.min(...waiting, longestWaitMs), look);
  }

  return {
    look,
    close: () => {
      isOpen = false;
      stopTimer?.();
      stopTimer = null;
    },
  };
}
