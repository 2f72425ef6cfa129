/** Time as a parameter, so that tests need not wait. The engine's own clock fits in here. */
export type Clock = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls back once after `delayMs`; returns its undo. */
  readonly setTimer: (delayMs: number, callback: () => void) => () => void;
};

export const realClock: Clock = {
  now: Date.now,
  setTimer: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
