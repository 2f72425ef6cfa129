import type { Clock } from "../../ports.ts";

/** How long it takes until a session that takes a segment brings bytes, and how fast one session is. */
export type SegmentPace = {
  /** A session takes a segment now. Returns what to tell of each run of bytes it brings. */
  readonly begin: () => (count: number) => void;
  /** What a session brings while another one begins; 0: not known yet. */
  readonly setupBytes: () => number;
};

const steadyMs = 200; // what lay in buffers comes faster than the rest

export function keepSegmentPace(clock: Clock): SegmentPace {
  let setupMs = 0;
  let bytesPerMs = 0;
  return {
    begin: () => {
      const takenAtMs = clock.now();
      let firstAtMs: number | null = null;
      let bytes = 0;
      return (count) => {
        const nowMs = clock.now();
        if (firstAtMs === null) {
          firstAtMs = nowMs;
          setupMs = nowMs - takenAtMs;
          return;
        }
        bytes += count;
        const forMs = nowMs - firstAtMs;
        if (forMs >= steadyMs) bytesPerMs = bytes / forMs;
      };
    },
    setupBytes: () => setupMs * bytesPerMs,
  };
}
