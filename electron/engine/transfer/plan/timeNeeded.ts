import type { DoneSample } from "../store/planStore.ts";

const longestWaitMs = 600_000; // what took longer for less than this stood still in between, and tells nothing
const slowestBytesPerMs = 10;

/**
 * How long so many files and bytes will take, by what transfers have taken lately; null: there were none. Each file costs a while however
 * small it is, and each byte a little: both are read from the samples (least squares), and shared by as many as ran side by side. Pure.
 */
export function timeNeeded(
  samples: readonly DoneSample[],
  { files, bytes }: { readonly files: number; readonly bytes: number },
): number | null {
  if (files === 0) return 0;
  const known = samples.flatMap(({ size, startedMs, finishedMs }) => {
    const ms = Math.max(finishedMs - startedMs, 1);
    const stoodStill = ms > longestWaitMs && size / ms < slowestBytesPerMs;
    return stoodStill ? [] : [{ size, ms, startedMs, finishedMs: startedMs + ms }];
  });
  if (known.length === 0) return null;
  const { msPerFile, msPerByte } = fitCosts(known);
  return Math.round((files * msPerFile + bytes * msPerByte) / sideBySide(known));
}

type Sample = DoneSample & { readonly ms: number };

/** ms = msPerFile + size × msPerByte; neither is below zero. */
function fitCosts(samples: readonly Sample[]) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanSize = mean(samples.map(({ size }) => size));
  const meanMs = mean(samples.map(({ ms }) => ms));
  const spread = mean(samples.map(({ size }) => (size - meanSize) ** 2));
  if (spread === 0) {
    // All alike: small ones tell what a file costs, large ones what a byte does.
    return meanSize <= smallBytes
      ? { msPerFile: meanMs, msPerByte: 0 }
      : { msPerFile: 0, msPerByte: meanMs / meanSize };
  }
  const slope = mean(samples.map(({ size, ms }) => (size - meanSize) * (ms - meanMs))) / spread;
  const msPerByte = Math.max(Math.min(slope, meanMs / meanSize), 0);
  return { msPerByte, msPerFile: meanMs - msPerByte * meanSize };
}

const smallBytes = 64 * 1024;

/** How many ran at a time, on average, while any did. */
function sideBySide(samples: readonly Sample[]): number {
  let busyMs = 0;
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { startedMs, finishedMs } of samples.toSorted((one, other) => one.startedMs - other.startedMs)) {
    busyMs += Math.max(finishedMs - Math.max(startedMs, untilMs), 0);
    untilMs = Math.max(untilMs, finishedMs);
  }
  return samples.reduce((sum, { ms }) => sum + ms, 0) / Math.max(busyMs, 1);
}
