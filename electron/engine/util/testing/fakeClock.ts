import type { Clock } from "../../ports.ts";

export type FakeClock = Clock & {
  /** Lets time pass; timers due on the way call back in order. */
  readonly advance: (byMs: number) => void;
  /** The same, giving promises room to go on after each timer. */
  readonly pass: (byMs: number) => Promise<void>;
  /** How many timers wait. */
  readonly timers: () => number;
};

/** Time that stands still until a test moves it. */
export function createFakeClock(startMs = 0): FakeClock {
  let now = startMs;
  let waiting: { readonly atMs: number; readonly callback: () => void }[] = [];

  const takeDue = (untilMs: number) => {
    const due = waiting.filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
    if (!due) return null;
    waiting = waiting.filter((timer) => timer !== due);
    now = Math.max(now, due.atMs);
    return due;
  };

  return {
    now: () => now,
    setTimer: (delayMs, callback) => {
      const timer = { atMs: now + delayMs, callback };
      waiting.push(timer);
      return () => {
        waiting = waiting.filter((other) => other !== timer);
      };
    },
    advance: (byMs) => {
      const end = now + byMs;
      for (let due = takeDue(end); due; due = takeDue(end)) due.callback();
      now = end;
    },
    pass: async (byMs) => {
      const end = now + byMs;
      await settle();
      for (let due = takeDue(end); due; due = takeDue(end)) {
        due.callback();
        await settle();
      }
      now = end;
    },
    timers: () => waiting.length,
  };
}

/** Lets every promise that can go on without time or the system go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
