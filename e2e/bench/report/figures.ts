import type { LargeFolderFigures } from "../largeFolder.ts";
import type { FilezillaQueueFigures } from "../queue/measureFilezillaQueue.ts";
import type { QueueFigures } from "../queue/measureQueue.ts";
import type { RaceResult } from "../race/runRace.ts";
import type { Withdrawal } from "../race/withdraw.ts";

/** All that one run of the benchmarks found. */
export type Figures = {
  readonly machine: {
    readonly processors: number;
    readonly model: string;
    readonly node: string;
    readonly loadBefore: number;
  };
  readonly scale: number;
  readonly rounds: number;
  readonly races: readonly RaceResult[];
  readonly folder: LargeFolderFigures | null;
  readonly queue: QueueFigures | null;
  readonly filezillaQueue: FilezillaQueueFigures | Withdrawal | null;
};

/** What was measured once and is a list of figures: a table each. */
export function listFigures({ folder, queue, filezillaQueue }: Figures): Readonly<Record<string, number>>[] {
  const peer = filezillaQueue && "reason" in filezillaQueue ? null : filezillaQueue;
  return [folder, queue, peer].filter((one) => one !== null);
}
