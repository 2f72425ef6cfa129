import type { Clock } from "../../ports.ts";

/** Time that passes when the test says so. */
export type ManualClock = Clock & {
  readonly pass: (ms: number) => void;
  readonly timers: () => number;
};

export function startManualClock(): ManualClock {
  let nowMs = 1_700_000_000_000;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  function pass(ms: number): void {
    const endMs = nowMs + ms;
    for (;;) {
      const next = [...timers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      timers.delete(next);
      nowMs = next.atMs;
      next.callback();
    }
    nowMs = endMs;
  }

  return {
    now: () => nowMs,
    setTimer: (delayMs, callback) => {
      const timer = { atMs: nowMs + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass,
    timers: () => timers.size,
  };
}
