import type { TransferKind } from "../../../shared/models/transfer.ts";
import { isLarge } from "./policies/sharedSlots.ts";
import type { BegunFacts } from "./store/rowLife.ts";
import { type TransferRow, targetPathOf } from "./transferRow.ts";

/** A transfer that has been claimed. */
export type Run = {
  readonly row: TransferRow;
  /** What has been written down with the claim, before anything has happened; null: nothing. */
  readonly foreseen: BegunFacts | null;
  readonly signal: AbortSignal;
  /** Stops it. */
  readonly abort: () => void;
  /** Resolves when its bytes stand still and its row says so. */
  readonly ended: Promise<void>;
  readonly end: () => void;
};

/** The transfers that run just now, and what they occupy. */
export type Runs = {
  /** null: another transfer is writing to its target. */
  readonly add: (row: TransferRow, foreseen?: BegunFacts | null) => Run | null;
  /** It runs no more; where it had not been added nothing happens. */
  readonly remove: (id: number) => void;
  readonly ids: () => Iterable<number>;
  readonly all: () => readonly Run[];
  readonly size: () => number;
  readonly count: (kind: TransferKind) => number;
  /** Files that occupy their slots for long. */
  readonly countLarge: () => number;
  readonly countOfSite: (siteId: string) => number;
  /** Resolves when they have ended. */
  readonly stop: (isMeant?: (run: Run) => boolean) => Promise<void>;
};

export function keepRuns(): Runs {
  const runs = new Map<number, Run>();
  const targets = new Set<string>();
  const kinds = new Map<TransferKind, number>();
  const sites = new Map<string, number>();
  let large = 0;

  function count(row: TransferRow, change: 1 | -1): void {
    kinds.set(row.kind, (kinds.get(row.kind) ?? 0) + change);
    if (isLarge(row)) large += change;
    sites.set(row.siteId, (sites.get(row.siteId) ?? 0) + change);
  }

  return {
    add: (row, foreseen = null) => {
      const target = targetOf(row);
      if (targets.has(target)) return null;
      const controller = new AbortController();
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      const run: Run = { row, foreseen, signal: controller.signal, abort: () => controller.abort(), ended, end };
      runs.set(row.id, run);
      targets.add(target);
      count(row, 1);
      return run;
    },
    remove: (id) => {
      const run = runs.get(id);
      if (run === undefined) return;
      runs.delete(id);
      targets.delete(targetOf(run.row));
      count(run.row, -1);
    },
    ids: () => runs.keys(),
    all: () => [...runs.values()],
    size: () => runs.size,
    count: (kind) => kinds.get(kind) ?? 0,
    countLarge: () => large,
    countOfSite: (siteId) => sites.get(siteId) ?? 0,
    stop: async (isMeant = () => true) => {
      const meant = [...runs.values()].filter(isMeant);
      for (const { abort } of meant) abort();
      await Promise.all(meant.map(({ ended }) => ended));
    },
  };
}

function targetOf(row: TransferRow): string {
  return `${row.direction} ${row.siteId} ${targetPathOf(row)}`;
}
