import { describe, expect, test } from "vitest";
import { timeNeeded } from "./timeNeeded.ts";

/** Transfers of these sizes, `lanes` at a time, each costing 20 ms and 1 ms per 10,000 bytes. */
function samplesOf(sizes: readonly number[], lanes = 1) {
  const free = new Array<number>(lanes).fill(0);
  return sizes.map((size, index) => {
    const lane = index % lanes;
    const startedMs = free[lane] ?? 0;
    const finishedMs = startedMs + 20 + size / 10_000;
    free[lane] = finishedMs;
    return { size, startedMs, finishedMs };
  });
}

describe("the time a plan will take", () => {
  test("is not known where nothing has been transferred", () => {
    expect(timeNeeded([], { files: 1, bytes: 1 })).toBeNull();
  });

  test("is none for nothing", () => {
    expect(timeNeeded([], { files: 0, bytes: 0 })).toBe(0);
  });

  test("counts what each file and each byte costs", () => {
    const samples = samplesOf([1_000, 5_000_000, 40_000, 900_000]);
    expect(timeNeeded(samples, { files: 1_000, bytes: 0 })).toBeCloseTo(20_000, -2);
    expect(timeNeeded(samples, { files: 1, bytes: 100_000_000 })).toBeCloseTo(10_020, -2);
  });

  test("is shared by as many as run side by side", () => {
    const samples = samplesOf([50_000, 2_000_000, 50_000, 2_000_000, 50_000, 2_000_000, 50_000, 2_000_000], 2);
    const alone = timeNeeded(samplesOf([50_000, 2_000_000]), { files: 100, bytes: 10_000_000 }) ?? 0;
    const both = timeNeeded(samples, { files: 100, bytes: 10_000_000 }) ?? 0;
    expect(both).toBeLessThan(alone);
    expect(both).toBeGreaterThan(alone / 2.1);
  });

  test("takes small files for what a file costs, and large ones for what a byte costs, where all are alike", () => {
    expect(timeNeeded(samplesOf([4_096, 4_096]), { files: 100, bytes: 409_600 })).toBeCloseTo(2_040, -2);
    expect(timeNeeded(samplesOf([9_980_000]), { files: 1, bytes: 19_960_000 })).toBeCloseTo(2_036, -2);
  });

  test("leaves out what stood still in between", () => {
    const paused = { size: 10, startedMs: 0, finishedMs: 86_400_000 };
    const samples = samplesOf([4_096, 4_096]);
    expect(timeNeeded([paused, ...samples], { files: 10, bytes: 40_960 })).toBe(
      timeNeeded(samples, { files: 10, bytes: 40_960 }),
    );
    expect(timeNeeded([paused], { files: 10, bytes: 40_960 })).toBeNull();
  });
});
