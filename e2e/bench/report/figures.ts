import type { LargeFolderFigures } from "../largeFolder.ts";
import type { QueueFigures } from "../queue/measureQueue.ts";
import type { RaceResult } from "../race/runRace.ts";

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
};
