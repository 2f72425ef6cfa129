import type { Direction } from "../../../../shared/models/transfer.ts";
import type { Clock } from "../../ports.ts";
import type { Allowance } from "../remoteSession.ts";
import { type TokenBucket, tokenBucket } from "./tokenBucket.ts";

/** Bytes per second; null: no limit. */
export type Rate = number | null;

export type SpeedLimits = {
  /** For one transfer with a site; to be closed at its end. */
  readonly open: (siteId: string, direction: Direction) => Allowance;
  /** Limits may be others from now on: whoever stands still looks again. */
  readonly changed: () => void;
};

export type SpeedLimitParts = {
  readonly clock: Clock;
  /** What all transfers of a direction share, at this moment. */
  readonly rateOfAll: (direction: Direction, nowMs: number) => Rate;
  /** What the transfers with one site share. */
  readonly rateOfSite: (siteId: string, direction: Direction) => Rate;
};

const piecesPerSecond = 20; // so that what is shown moves, and shares are even
const smallestPiece = 4 * 1024; // less is not worth a system call
const largestPiece = 1024 * 1024;

/** All transfers stand at the same two gates: one for everything that goes their way, one for their site. */
export function createSpeedLimits({ clock, rateOfAll, rateOfSite }: SpeedLimitParts): SpeedLimits {
  const buckets = new Map<string, TokenBucket>();
  const waiting = new Set<() => void>();

  function bucketFor(key: string, rate: Rate): TokenBucket | null {
    if (rate === null) {
      buckets.delete(key);
      return null;
    }
    const known = buckets.get(key);
    if (known?.bytesPerSecond === rate) return known;
    const fresh = tokenBucket(rate, clock.now());
    buckets.set(key, fresh);
    return fresh;
  }

  /** One gate as one transfer comes to it. */
  function openGate(key: string, rateNow: () => Rate) {
    // The first piece waits for its turn as any other: a thousand small files are as slow as one large one.
    let sinceWait = Number.POSITIVE_INFINITY;
    return {
      pieceBytes: () => pieceOf(rateNow()),
      delayFor: (bytes: number): number => {
        const rate = rateNow();
        const delayMs = bucketFor(key, rate)?.take(bytes, clock.now()) ?? 0;
        // Who moves small pieces counts them up to one of this gate's size, or large ones would overtake it.
        sinceWait += bytes;
        if (sinceWait < pieceOf(rate)) return 0;
        sinceWait = 0;
        return delayMs;
      },
    };
  }

  function wait(delayMs: number, mine: Set<() => void>): Promise<void> {
    return new Promise((resolve) => {
      const goOn = () => {
        stopTimer();
        waiting.delete(goOn);
        mine.delete(goOn);
        resolve();
      };
      const stopTimer = clock.setTimer(delayMs, goOn);
      waiting.add(goOn);
      mine.add(goOn);
    });
  }

  return {
    open: (siteId, direction) => {
      const mine = new Set<() => void>();
      const gates = [
        openGate(direction, () => rateOfAll(direction, clock.now())),
        openGate(`${direction} ${siteId}`, () => rateOfSite(siteId, direction)),
      ];
      return {
        pieceBytes: () => {
          const piece = Math.min(...gates.map((gate) => gate.pieceBytes()));
          return piece === Number.POSITIVE_INFINITY ? null : piece;
        },
        take: (bytes) => {
          const delayMs = Math.max(...gates.map((gate) => gate.delayFor(bytes)));
          return delayMs < 1 ? null : wait(delayMs, mine);
        },
        close: () => {
          for (const goOn of [...mine]) goOn();
        },
      };
    },
    changed: () => {
      buckets.clear();
      for (const goOn of [...waiting]) goOn();
    },
  };
}

/** How much at once, at a gate of this rate. */
function pieceOf(rate: Rate): number {
  if (rate === null) return Number.POSITIVE_INFINITY;
  return Math.min(Math.max(Math.floor(rate / piecesPerSecond), smallestPiece), largestPiece);
}
