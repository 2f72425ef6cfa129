import type { ErrorKind } from "../../../../shared/errors/errorKind.ts";
import { restAfter } from "../policies/retryPolicy.ts";

/** A site that cannot be reached: its transfers wait, for none of them is to blame. */
export type Outage = {
  readonly siteId: string;
  readonly error: { readonly kind: ErrorKind; readonly text: string };
  readonly sinceMs: number;
  /** Tries that have failed in a row. */
  readonly failures: number;
  /** When it is tried again. In the past: a try is under way, or due. */
  readonly nextTryMs: number;
};

export type Outages = {
  /** Notes a try that did not get through. Returns when the next one begins. */
  readonly note: (siteId: string, error: Outage["error"]) => number;
  /** Somebody has got through: its transfers may begin again. True when that is news. */
  readonly noteReached: (siteId: string) => boolean;
  /** Whether a transfer of this site may begin. While nobody knows that the site is back, one goes ahead to find out. */
  readonly mayBegin: (siteId: string, running: () => number) => boolean;
  /** Nobody waits any longer: the user wants it now, or time has made a leap. */
  readonly endRests: () => void;
  /** When the next site has rested enough; null: none rests. */
  readonly nextTryMs: () => number | null;
  readonly all: () => readonly Outage[];
};

export type OutageParts = {
  readonly now: () => number;
  readonly retryDelayMs: () => number;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
};

/**
 * Sites that cannot be reached, each with its own growing rest. Nothing of it is kept between runs: the first try after a start tells it
 * anew.
 */
export function keepOutages({ now, retryDelayMs, random }: OutageParts): Outages {
  const outages = new Map<string, Outage>();
  const isResting = ({ nextTryMs }: Outage) => nextTryMs > now();

  return {
    note: (siteId, error) => {
      const known = outages.get(siteId);
      if (known !== undefined && isResting(known)) return known.nextTryMs; // tries that had begun side by side tell the same
      const failures = (known?.failures ?? 0) + 1;
      const nextTryMs = now() + restAfter(failures, retryDelayMs(), random());
      outages.set(siteId, { siteId, error, sinceMs: known?.sinceMs ?? now(), failures, nextTryMs });
      return nextTryMs;
    },
    noteReached: (siteId) => outages.delete(siteId),
    mayBegin: (siteId, running) => {
      const outage = outages.get(siteId);
      return outage === undefined || (!isResting(outage) && running() === 0);
    },
    endRests: () => {
      for (const [siteId, outage] of outages) outages.set(siteId, { ...outage, failures: 0, nextTryMs: now() });
    },
    nextTryMs: () => {
      const waiting = [...outages.values()].filter(isResting).map(({ nextTryMs }) => nextTryMs);
      return waiting.length === 0 ? null : Math.min(...waiting);
    },
    all: () => [...outages.values()],
  };
}
