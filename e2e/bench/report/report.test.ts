import { describe, expect, test } from "vitest";
import { listCases } from "../race/raceCase.ts";
import type { RaceResult } from "../race/runRace.ts";
import { describeRaces, standingOf } from "./describeRaces.ts";
import { drawChart } from "./drawChart.ts";

const result: RaceResult = {
  letter: "A",
  title: "2048 MiB download (vsftpd)",
  target: 0.65,
  contenders: [
    { name: "Portside", runs: [], medianMs: 1_300, medianCpuMs: 1_400 },
    { name: "lftp", runs: [], medianMs: 2_000, medianCpuMs: 2_100 },
    { name: "curl", runs: [], medianMs: 2_500, medianCpuMs: 2_000 },
  ],
};

test("we are held against the fastest peer, and against the one with the least processor time", () => {
  expect(standingOf(result)).toEqual({ ratio: 0.65, cpuRatio: 0.7, reachesTarget: true });
});

test("a table has a dash where nobody ran, and says whether the target is reached", () => {
  expect(describeRaces([result])).toEqual([
    ["", "case", "Portside", "lftp", "lftp, tuned", "curl", "basic-ftp", "ours / best", "target", "CPU / best"],
    ["A", "2048 MiB download (vsftpd)", "1.30", "2.00", "–", "2.50", "–", "0.65 ✓", "≤ 0.65", "0.70"],
  ]);
});

test("the chart has a bar for everyone, the slowest over the whole width", () => {
  const chart = drawChart([result]);
  expect(chart.match(/<rect/g)).toHaveLength(3);
  expect(chart).toContain('width="560.0"');
  expect(chart).toContain("1.30 s");
});

describe("the cases", () => {
  test("every letter of the targets is there, and titles tell cases apart", () => {
    const cases = listCases(1);
    expect([...new Set(cases.map(({ letter }) => letter))]).toEqual(["A", "B", "C", "D", "E", "F", "G"]);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });

  test("a small scale keeps files to move", () => {
    for (const { files } of listCases(0.001))
      expect(files.shape === "file" ? files.bytes : files.count).toBeGreaterThan(0);
  });
});
