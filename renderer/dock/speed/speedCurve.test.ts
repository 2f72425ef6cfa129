import { expect, test } from "vitest";
import { readCurve, spanFor, speedCurve } from "./speedCurve.ts";

const box = { width: 100, height: 40 };

test("without samples there is nothing to draw", () => {
  expect(speedCurve([], 1_000, 1_000, box)).toEqual({
    upload: { line: "", area: "" },
    download: { line: "", area: "" },
    peak: 16 * 1024,
  });
});

test("both directions share one scale, and time runs to the right edge", () => {
  const samples = [
    { atMs: 500, upload: 100_000, download: 0 },
    { atMs: 1_000, upload: 50_000, download: 25_000 },
  ];
  expect(speedCurve(samples, 1_000, 1_000, box)).toEqual({
    upload: { line: "M50 0L100 20", area: "M50 0L100 20L100 40L50 40Z" },
    download: { line: "M50 40L100 30", area: "M50 40L100 30L100 40L50 40Z" },
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

test.each([
  [0, 30_000],
  [30_000, 30_000],
  [31_000, 60_000],
  [200_000, 300_000],
  [900_000, 300_000],
])("a history of %d ms is shown over %d ms", (historyMs, spanMs) => {
  const samples = [0, historyMs].map((atMs) => ({ atMs, upload: 1, download: 0 }));
  expect(spanFor(samples, 300_000)).toBe(spanMs);
});

test.each([
  ["now", 1, { atMs: 8_000, upload: 3, download: 4, agoMs: 0 }],
  ["between two samples, the earlier one", 0.7, { atMs: 6_000, upload: 1, download: 2, agoMs: 3_000 }],
  ["before the first", 0.1, null],
])("reading the curves: %s", (_, share, expected) => {
  const samples = [
    { atMs: 6_000, upload: 1, download: 2 },
    { atMs: 8_000, upload: 3, download: 4 },
  ];
  const read = readCurve(samples, 10_000, 10_000, share);
  expect(read && { ...read, agoMs: Math.round(read.agoMs) }).toEqual(expected);
});
