import type { SpeedSample } from "../../stores/progressStore.ts";

export type Curve = {
  readonly upload: Outline;
  readonly download: Outline;
  /** The speed at the upper edge, bytes per second. */
  readonly peak: number;
};

/** SVG paths in a box of `width` × `height`, zero at the foot: the line, and what is below it. Empty without samples. */
export type Outline = { readonly line: string; readonly area: string };

type Box = { readonly width: number; readonly height: number };

const floorPeak = 16 * 1024; // a trickle must not look like a storm

const spansMs = [30_000, 60_000, 120_000, 300_000];

/** How much time to show: as little as holds all there is, so that the first seconds are more than a sliver at the edge. */
export function spanFor(samples: readonly SpeedSample[], longestMs: number): number {
  const agesMs = (samples.at(-1)?.atMs ?? 0) - (samples[0]?.atMs ?? 0);
  return spansMs.find((spanMs) => spanMs >= agesMs && spanMs < longestMs) ?? longestMs;
}

/** The last `spanMs` before `nowMs` as two areas on one scale. */
export function speedCurve(samples: readonly SpeedSample[], nowMs: number, spanMs: number, box: Box): Curve {
  const shown = samples.filter((sample) => nowMs - sample.atMs <= spanMs);
  const peak = Math.max(floorPeak, ...shown.flatMap(({ upload, download }) => [upload, download]));
  const outline = (speedOf: (sample: SpeedSample) => number): Outline => {
    const points = shown.map((sample) => ({
      x: round(box.width * (1 - (nowMs - sample.atMs) / spanMs)),
      y: round(box.height * (1 - speedOf(sample) / peak)),
    }));
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return { line: "", area: "" };
    const line = `M${points.map(({ x, y }) => `${x} ${y}`).join("L")}`;
    return { line, area: `${line}L${last.x} ${box.height}L${first.x} ${box.height}Z` };
  };
  return { upload: outline((sample) => sample.upload), download: outline((sample) => sample.download), peak };
}

/**
 * What the curves say at a point of time, given as a share of the span from its beginning (0) to now (1): the last sample up to then.
 * null before the first one.
 */
export function readCurve(samples: readonly SpeedSample[], nowMs: number, spanMs: number, share: number) {
  const atMs = nowMs - spanMs * (1 - share);
  const sample = samples.findLast((known) => known.atMs <= atMs);
  return sample === undefined ? null : { ...sample, agoMs: nowMs - atMs };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
