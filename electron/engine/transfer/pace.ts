/** How many transfers at once serve best, found out by trying: more while that moves more, fewer when a server refuses one. */
export type Pace = {
  readonly limit: () => number;
  readonly noteMoved: (bytes: number) => void;
  readonly noteDone: () => void;
  /** A server has too many of us: the limit falls at once, and is not tried again for a while. */
  readonly noteRefused: () => void;
  /** To be called now and then, with the transfers that run. True when more may run than before. */
  readonly review: (running: number) => boolean;
};

const firstLimit = 8; // what most servers bear; one that does not says so, and gets fewer
const mostAtOnce = 20;
const leastLimit = 2;
const growth = 2; // 8, 16, 20: a drop of many small files behind a long line finds its number within its first seconds
const worthwhileGain = 1.08; // less than that is chance
const promptMs = 50; // a small file that takes less is not held up by the line: more at once would only compete for the processors
const windowMs = 250;
const longestWindowMs = 2_000; // large files end seldom
const endsToJudge = 12; // fewer files tell nothing about their rate
const settledForMs = 15_000;
const refusedForMs = 60_000;
const fileWeightBytes = 64 * 1024; // a small file costs as much time as so many bytes of a large one

type Seen = { readonly limit: number; readonly rate: number };

export function keepPace(now: () => number): Pace {
  let limit = firstLimit;
  let before: Seen | null = null;
  let settledUntilMs = 0;
  /** More have been allowed, and log in: what moves meanwhile tells nothing about them. */
  let isWarmingUp = false;
  let window = { fromMs: now(), score: 0, ends: 0, isFull: true };

  function settleAt(next: number, forMs: number): void {
    limit = Math.max(leastLimit, next);
    before = null;
    settledUntilMs = now() + forMs;
  }

  function judge(rate: number, msPerFile: number): void {
    const hasGained = before === null || rate >= before.rate * worthwhileGain;
    if (before !== null && !hasGained) settleAt(before.limit, settledForMs);
    else if (limit === mostAtOnce || msPerFile < promptMs) settleAt(limit, settledForMs);
    else {
      before = { limit, rate };
      limit = Math.min(mostAtOnce, Math.ceil(limit * growth));
      isWarmingUp = true;
    }
  }

  return {
    limit: () => limit,
    noteMoved: (bytes) => {
      window.score += bytes;
    },
    noteDone: () => {
      window.score += fileWeightBytes;
      window.ends += 1;
    },
    noteRefused: () => settleAt(Math.floor(limit / 2), refusedForMs),
    review: (running) => {
      if (running < limit) window.isFull = false; // what was not used cannot be judged
      const elapsedMs = now() - window.fromMs;
      const endsWanted = isWarmingUp ? limit : endsToJudge; // by then the first of the new ones have ended as well
      const isLong = window.ends >= endsWanted ? elapsedMs >= windowMs : elapsedMs >= longestWindowMs;
      if (!isLong) return false;
      const { isFull, score, ends } = window;
      window = { fromMs: now(), score: 0, ends: 0, isFull: true };
      const tellsNothing = !isFull || isWarmingUp || score === 0 || now() < settledUntilMs;
      isWarmingUp = false;
      if (tellsNothing) return false;
      const old = limit;
      judge(score / elapsedMs, ends < endsToJudge ? Number.POSITIVE_INFINITY : (limit * elapsedMs) / ends);
      return limit > old;
    },
  };
}
