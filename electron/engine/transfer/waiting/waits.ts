import type { Clock } from "../../ports.ts";
import { createAlarm } from "./alarm.ts";

/** The queue's alarm for what only time brings: tries that fall due, and sites that have rested enough. */
export type Waits = {
  /** Something has begun to wait: the alarm may ring too late. */
  readonly noteDue: () => void;
  /** Sets the alarm for the earliest of them; none when nothing waits. */
  readonly setAlarm: () => void;
  /** As `setAlarm`, when something has changed since. */
  readonly keepAlarm: () => void;
  readonly ringIn: (delayMs: number) => void;
  readonly stop: () => void;
};

export type WaitParts = {
  readonly clock: Clock;
  /** When the first of all falls due; null: nothing waits. */
  readonly nextDueMs: () => number | null;
  /** Time has come, or has made a leap. */
  readonly ring: (hasLeapt: boolean) => void;
};

export function keepWaits({ clock, nextDueMs, ring }: WaitParts): Waits {
  const alarm = createAlarm(clock, ring);
  let isStale = true;

  function setAlarm(): void {
    isStale = false;
    alarm.set(nextDueMs());
  }

  return {
    noteDue: () => {
      isStale = true;
    },
    setAlarm,
    keepAlarm: () => {
      if (isStale) setAlarm();
    },
    ringIn: (delayMs) => alarm.set(clock.now() + delayMs),
    stop: () => {
      alarm.set(null);
      isStale = true;
    },
  };
}
