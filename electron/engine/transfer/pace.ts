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

const firstLimit = 4; // what any server bears
const mostAtOnce = 20;
const leastLimit = 2;
const growth = 1.5; // 4, 6, 9, 14, 20: a drop of many small files behind a long line finds its number within its first seconds
const worthwhileGain = 1.08; // less than that is chance
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
  let window = { fromMs: now(), score: 0, ends: 0, isFull: true };

  function settleAt(next: number, forMs: number): void {
    limit = Math.max(leastLimit, next);
    before = null;
    settledUntilMs = now() + forMs;
  }

  function judge(rate: number): void {
    const hasGained = before === null || rate >= before.rate * worthwhileGain;
    if (before !== null && !hasGained) settleAt(before.limit, settledForMs);
    else if (limit === mostAtOnce) settleAt(limit, settledForMs);
    else {
      before = { limit, rate };
      limit = Math.min(mostAtOnce, Math.ceil(limit * growth));
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
      const isLong = window.ends >= endsToJudge ? elapsedMs >= windowMs : elapsedMs >= longestWindowMs;
      if (!isLong) return false;
      const { isFull, score } = window;
      window = { fromMs: now(), score: 0, ends: 0, isFull: true };
      if (!isFull || score === 0 || now() < settledUntilMs) return false;
      const old = limit;
      judge(score / elapsedMs);
      return limit > old;
    },
  };
}
