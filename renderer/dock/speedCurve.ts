import type { SpeedSample } from "../stores/progressStore.ts";

export type Curve = {
  /** SVG paths in a box of `width` × `height`, zero at the foot. */
  readonly upload: string;
  readonly download: string;
  /** The speed at the upper edge, bytes per second. */
  readonly peak: number;
};

type Box = { readonly width: number; readonly height: number };

const floorPeak = 16 * 1024; // a trickle must not look like a storm

/** The last `spanMs` before `nowMs` as two areas on one scale. */
export function speedCurve(samples: readonly SpeedSample[], nowMs: number, spanMs: number, box: Box): Curve {
  const shown = samples.filter((sample) => nowMs - sample.atMs <= spanMs);
  const peak = Math.max(floorPeak, ...shown.flatMap(({ upload, download }) => [upload, download]));
  const area = (speedOf: (sample: SpeedSample) => number) => {
    const points = shown.map((sample) => ({
      x: round(box.width * (1 - (nowMs - sample.atMs) / spanMs)),
      y: round(box.height * (1 - speedOf(sample) / peak)),
    }));
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) return "";
    const line = points.map(({ x, y }) => `L${x} ${y}`).join("");
    return `M${first.x} ${box.height}${line}L${last.x} ${box.height}Z`;
  };
  return { upload: area((sample) => sample.upload), download: area((sample) => sample.download), peak };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
