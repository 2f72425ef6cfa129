import { expect, test } from "vitest";
import { speedCurve } from "./speedCurve.ts";

const box = { width: 100, height: 40 };

test("without samples there is nothing to draw", () => {
  expect(speedCurve([], 1_000, 1_000, box)).toEqual({ upload: "", download: "", peak: 16 * 1024 });
});

test("both directions share one scale, and time runs to the right edge", () => {
  const samples = [
    { atMs: 500, upload: 100_000, download: 0 },
    { atMs: 1_000, upload: 50_000, download: 25_000 },
  ];
  expect(speedCurve(samples, 1_000, 1_000, box)).toEqual({
    upload: "M50 40L50 0L100 20L100 40Z",
    download: "M50 40L50 40L100 30L100 40Z",
    peak: 100_000,
  });
});

test("what is older than the span is left out", () => {
  const samples = [
    { atMs: 0, upload: 9_000_000, download: 0 },
    { atMs: 2_000, upload: 20_000, download: 0 },
  ];
  expect(speedCurve(samples, 2_000, 1_000, box).peak).toBe(20_000);
});
