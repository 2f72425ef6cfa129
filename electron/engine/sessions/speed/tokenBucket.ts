/** Lets bytes through at a rate. Whoever takes some is told how long to stand still; who comes meanwhile stands behind. */
export type TokenBucket = {
  readonly bytesPerSecond: number;
  /** `bytes` are moved now: for how many milliseconds nothing more may be; 0: not at all. */
  readonly take: (bytes: number, nowMs: number) => number;
};

/** What was not used within this time is gone: no burst is larger. It also makes up for timers that come late. */
export const burstMs = 100;

/**
 * A bucket as one number: until when the rate is used up. It counts exactly, so that timers that come late or early change nothing in the
 * long run. Those who wait are served in the order they came, so that equal takers get equal shares and nobody starves.
 */
export function tokenBucket(bytesPerSecond: number, nowMs: number): TokenBucket {
  let usedUntilMs = nowMs;
  return {
    bytesPerSecond,
    take: (bytes, now) => {
      usedUntilMs = Math.max(usedUntilMs, now - burstMs) + (bytes * 1000) / bytesPerSecond;
      return Math.max(usedUntilMs - now, 0);
    },
  };
}
