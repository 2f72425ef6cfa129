import type { Clock } from "../ports.ts";

/** How many sessions servers have shown that they allow; null: nobody knows. Kept between runs. */
export type CeilingMemory = {
  readonly recall: (siteId: string) => number | null;
  readonly note: (siteId: string, ceiling: number | null) => void;
};

export type Ceilings = {
  /** Sessions that may stand at a site: what it has borne, and one more when it is time to ask again. */
  readonly limitOf: (siteId: string) => number;
  /** The server has refused one session more beside `others`. */
  readonly noteRefused: (siteId: string, others: number) => void;
  /** So many stand. */
  readonly noteStanding: (siteId: string, count: number) => void;
  readonly forget: (siteId: string) => void;
  /** Nothing is asked again. */
  readonly close: () => void;
};

const firstRestMs = 30_000;
const longestRestMs = 30 * 60_000;
const nextStepMs = 5_000; // it has let one more in: the next may follow soon

/** When one more is tried. */
type Trial = { readonly atMs: number; readonly restMs: number; readonly cancelTimer: () => void };

/**
 * A server that refuses a session ("421 too many connections") is believed, but not for ever: sessions that a break had left there end,
 * other users go home. One more is tried after half a minute, after each refusal later, at most half an hour. `onRise` is told when.
 */
export function keepCeilings(memory: CeilingMemory, clock: Clock, onRise: (siteId: string) => void): Ceilings {
  const trials = new Map<string, Trial>();

  function tryIn(siteId: string, delayMs: number, restMs: number): Trial {
    trials.get(siteId)?.cancelTimer();
    const cancelTimer = clock.setTimer(delayMs, () => onRise(siteId));
    const trial = { atMs: clock.now() + delayMs, restMs, cancelTimer };
    trials.set(siteId, trial);
    return trial;
  }

  function forget(siteId: string): void {
    trials.get(siteId)?.cancelTimer();
    trials.delete(siteId);
    memory.note(siteId, null);
  }

  return {
    limitOf: (siteId) => {
      const ceiling = memory.recall(siteId);
      if (ceiling === null) return Number.POSITIVE_INFINITY;
      const { atMs } = trials.get(siteId) ?? tryIn(siteId, firstRestMs, firstRestMs);
      return Math.max(1, clock.now() >= atMs ? ceiling + 1 : ceiling);
    },
    noteRefused: (siteId, others) => {
      const last = trials.get(siteId);
      const hasTried = last !== undefined && clock.now() >= last.atMs;
      const restMs = hasTried ? Math.min(last.restMs * 2, longestRestMs) : (last?.restMs ?? firstRestMs);
      memory.note(siteId, others);
      tryIn(siteId, restMs, restMs);
    },
    noteStanding: (siteId, count) => {
      const ceiling = memory.recall(siteId);
      if (ceiling === null || count <= ceiling) return;
      memory.note(siteId, count);
      tryIn(siteId, nextStepMs, firstRestMs);
    },
    forget,
    close: () => {
      for (const { cancelTimer } of trials.values()) cancelTimer();
      trials.clear();
    },
  };
}
