import { contenderNames } from "../race/raceCase.ts";
import type { RaceResult } from "../race/runRace.ts";

/** How one case ended for us, against the fastest of the peers and the one that took the least processor time. */
export type Standing = {
  readonly ratio: number;
  readonly cpuRatio: number;
  readonly reachesTarget: boolean;
};

export function standingOf({ contenders, target }: RaceResult): Standing {
  const ours = contenders.find(({ name }) => name === "Portside");
  const peers = contenders.filter(({ name }) => name !== "Portside");
  const best = (of: (one: RaceResult["contenders"][number]) => number) => Math.min(...peers.map(of));
  const ratio = (ours?.medianMs ?? Number.NaN) / best(({ medianMs }) => medianMs);
  const cpuRatio = (ours?.medianCpuMs ?? Number.NaN) / best(({ medianCpuMs }) => medianCpuMs);
  return { ratio, cpuRatio, reachesTarget: ratio <= target };
}

/** Rows of a table, the heads first. Seconds; ratios below 1 mean that Portside is faster. */
export function describeRaces(results: readonly RaceResult[]): string[][] {
  const header = ["", "case", ...contenderNames, "ours / best", "target", "CPU / best"];
  const rows = results.map((result) => {
    const seconds = contenderNames.map((wanted) => {
      const found = result.contenders.find(({ name }) => name === wanted);
      return found ? (found.medianMs / 1000).toFixed(2) : "–";
    });
    const { ratio, cpuRatio, reachesTarget } = standingOf(result);
    const mark = reachesTarget ? "✓" : "";
    return [
      ...[result.letter, result.title, ...seconds],
      ...[`${ratio.toFixed(2)} ${mark}`.trim(), `≤ ${result.target}`, cpuRatio.toFixed(2)],
    ];
  });
  return [header, ...rows];
}
