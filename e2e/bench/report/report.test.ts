import { describe, expect, test } from "vitest";
import { contenderNames, listCases } from "../race/raceCase.ts";
import type { RaceResult } from "../race/runRace.ts";
import { withdraw } from "../race/withdraw.ts";
import { describeNotes } from "./describeNotes.ts";
import { describeRaces, standingOf } from "./describeRaces.ts";
import { drawChart } from "./drawChart.ts";

const result: RaceResult = {
  letter: "A",
  title: "2048 MiB download (vsftpd)",
  target: 0.65,
  lead: null,
  withdrawn: [],
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
  const [head, row] = describeRaces([result]);
  expect(head).toEqual(["", "case", ...contenderNames, "ours / best", "target", "CPU / best"]);
  const seconds = ["1.30", "2.00", "–", "2.50", "–", "–", "–"];
  expect(row).toEqual(["A", "2048 MiB download (vsftpd)", ...seconds, "0.65 ✓", "≤ 0.65", "0.70"]);
});

describe("the notes", () => {
  const slow = { name: "FileZilla", runs: [], medianMs: 3_900, medianCpuMs: 900 } as const;
  const contenders = [...result.contenders, slow];

  test("a lead over one peer is told with its target, and that it is reached", () => {
    const lead = { over: "FileZilla", times: 3 } as const;
    expect(describeNotes({ races: [{ ...result, lead, contenders }], filezillaQueue: null })).toEqual([
      "A, 2048 MiB download (vsftpd): 3.0 × as fast as FileZilla ✓ (target ≥ 3 ×).",
    ]);
    expect(
      describeNotes({ races: [{ ...result, lead: { ...lead, times: 10 }, contenders }], filezillaQueue: null }),
    ).toEqual(["A, 2048 MiB download (vsftpd): 3.0 × as fast as FileZilla (target ≥ 10 ×)."]);
  });

  test("no lead is told over a peer that is missing", () => {
    expect(
      describeNotes({ races: [{ ...result, lead: { over: "FileZilla", times: 3 } }], filezillaQueue: null }),
    ).toEqual([]);
  });

  test("a reason is one line, whatever the program said", () => {
    const error = new Error('"apt-get update" failed:\nE: Unable to fetch some archives\n');
    expect(withdraw("FileZilla", error).reason).toBe('"apt-get update" failed: E: Unable to fetch some archives');
  });

  test("who is missing for one reason in several races is named once", () => {
    const withdrawn = [{ name: "FileZilla", reason: "Xvfb did not start." }] as const;
    const other = [{ name: "FileZilla", reason: "FileZilla did not finish its queue within 300 s." }] as const;
    const races = [
      { ...result, withdrawn },
      { ...result, withdrawn },
      { ...result, letter: "B", withdrawn },
      { ...result, letter: "D", withdrawn: other },
    ];
    expect(describeNotes({ races, filezillaQueue: withdrawn[0] })).toEqual([
      "A, B, I: FileZilla is missing. Xvfb did not start.",
      "D: FileZilla is missing. FileZilla did not finish its queue within 300 s.",
    ]);
  });
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
