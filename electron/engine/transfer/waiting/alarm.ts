import type { Clock } from "../../ports.ts";

/** Rings once, at a time of day. */
export type Alarm = {
  /** In place of what was set before; null: it rings no more. */
  readonly set: (atMs: number | null) => void;
};

const lookEveryMs = 1_000;
const leapMs = 10_000; // an engine that was merely busy is never as late

/**
 * `ring` hears whether time has made a leap: the computer slept, or its clock was set. A timer counts the time awake, so that one set to
 * half a minute rings half a minute after the computer has woken up; and a time that was in 5 s may be an hour off. So it looks at the
 * clock every second while it is set.
 */
export function createAlarm(clock: Clock, ring: (hasLeapt: boolean) => void): Alarm {
  let stopTimer = () => {};

  function watch(atMs: number): void {
    const fromMs = clock.now();
    const delayMs = Math.min(Math.max(atMs - fromMs, 0), lookEveryMs);
    stopTimer = clock.setTimer(delayMs, () => {
      const hasLeapt = Math.abs(clock.now() - fromMs - delayMs) > leapMs;
      if (hasLeapt || clock.now() >= atMs) ring(hasLeapt);
      else watch(atMs);
    });
  }

  return {
    set: (atMs) => {
      stopTimer();
      stopTimer = () => {};
      if (atMs !== null) watch(atMs);
    },
  };
}
