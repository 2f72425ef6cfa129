import type { Clock } from "../ports.ts";

/** What the queue waits for that only time brings: tries that fall due, and sites that rest after a failure. */
export type Waits = {
  readonly isResting: (siteId: string) => boolean;
  readonly rest: (siteId: string, untilMs: number) => void;
  readonly forgetRests: () => void;
  /** A row has begun to wait: the alarm may ring too late. */
  readonly noteDue: () => void;
  /** Sets the alarm for the earliest of them; none when nothing waits. */
  readonly setAlarm: () => void;
  /** As `setAlarm`, when something has changed since. */
  readonly keepAlarm: () => void;
  readonly ringIn: (delayMs: number) => void;
  readonly stop: () => void;
};

/** `nextDueMs`: when the first row falls due; null: none waits. */
export function keepWaits(clock: Clock, nextDueMs: () => number | null, ring: () => void): Waits {
  const restsUntilMs = new Map<string, number>();
  let isStale = true;
  let stopTimer = () => {};

  function ringIn(delayMs: number): void {
    stopTimer();
    stopTimer = clock.setTimer(delayMs, ring);
  }

  function setAlarm(): void {
    stopTimer();
    isStale = false;
    const now = clock.now();
    for (const [siteId, untilMs] of restsUntilMs) if (untilMs <= now) restsUntilMs.delete(siteId);
    const due = [nextDueMs(), ...restsUntilMs.values()].filter((atMs) => atMs !== null);
    if (due.length > 0) ringIn(Math.max(Math.min(...due) - now, 0));
  }

  return {
    isResting: (siteId) => (restsUntilMs.get(siteId) ?? 0) > clock.now(),
    rest: (siteId, untilMs) => {
      restsUntilMs.set(siteId, untilMs);
      isStale = true;
    },
    forgetRests: () => restsUntilMs.clear(),
    noteDue: () => {
      isStale = true;
    },
    setAlarm,
    keepAlarm: () => {
      if (isStale) setAlarm();
    },
    ringIn,
    stop: () => {
      stopTimer();
      isStale = true;
    },
  };
}
