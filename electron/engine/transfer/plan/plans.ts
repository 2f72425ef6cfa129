import { join } from "node:path";
import type { TransferSource } from "../../../../shared/contract/queue.ts";
import { toAppError } from "../../../../shared/errors/appError.ts";
import type { PlanChoice, PlanPart } from "../../../../shared/models/plan.ts";
import type { SessionLog } from "../../ports.ts";
import type { QueueService } from "../queueService.ts";
import type { Scheduler } from "../scheduler.ts";
import type { PlannedBatch } from "../store/planStore.ts";
import type { QueueStore } from "../store/queueStore.ts";
import { forEachStep } from "../store/rowSteps.ts";
import type { Planner } from "./planner.ts";

export type PlansParts = {
  readonly store: QueueStore;
  readonly planner: Planner;
  readonly service: Pick<QueueService, "remove">;
  readonly scheduler: Pick<Scheduler, "wake">;
  readonly now: () => number;
  /** A drop of more files waits for the user; 0: none does by itself. */
  readonly planAboveFiles: () => number;
  readonly onChanged: () => void;
  /** The user does not want this upload: its source is needed no more. */
  readonly onSourceDone: (localPath: string) => void;
  readonly log: Pick<SessionLog, "error">;
};

export type Plans = {
  /** What waits as a plan is looked at, and what was being started goes on: when a drop has come, and when Portside begins. */
  readonly look: () => void;
  /** All that can be planned of it has been. */
  readonly complete: (batch: PlannedBatch) => void;
  readonly choose: (batchId: number, rows: ChosenRows, choice: PlanChoice) => Promise<void>;
  /** Resolves when all of it is queued. */
  readonly start: (batchId: number) => Promise<void>;
  readonly discard: (batchId: number) => Promise<void>;
};

export type ChosenRows = { readonly ids: readonly number[] } | { readonly part: PlanPart };

/** How a drop waits: as the user says, or as the settings do when nothing is said. What a folder holds is not known yet. */
export function planOfDrop(
  sources: readonly Pick<TransferSource, "type">[],
  plansFirst: boolean | undefined,
  planAboveFiles: number,
): "asked" | "automatic" | null {
  if (plansFirst !== undefined) return plansFirst ? "asked" : null;
  if (planAboveFiles === 0) return null;
  if (sources.length > planAboveFiles) return "asked";
  return sources.some(({ type }) => type === "directory") ? "automatic" : null;
}

const rowsAtOnce = 5_000; // some 50 ms of changes, then others get their turn

/** What users do to plans. Changes of many rows are steps of set-based SQL. */
export function keepPlans(parts: PlansParts): Plans {
  const { store, planner, onChanged } = parts;
  const { plans } = store;

  async function start(batchId: number): Promise<void> {
    const batch = plans.batch(batchId);
    if (batch === null) return;
    plans.setState(batchId, "starting"); // Portside may be killed between two steps: then it goes on starting
    await planner.stop(batchId);
    const isPaused = store.holds.pausedSites().includes(batch.siteId);
    await forEachStep(store, { batchId }, ["planned"], (ids) => {
      const skipped = plans.skippedOf(ids);
      const unwanted = store.unsentSources(skipped);
      store.together(() => {
        plans.endSkipped(skipped, parts.now());
        store.applyAll(ids, "start");
        if (isPaused) store.applyAll(ids, "pause");
      });
      for (const { folder, name } of unwanted) parts.onSourceDone(join(folder, name));
      onChanged();
      parts.scheduler.wake();
    });
    plans.setState(batchId, null);
    onChanged();
    parts.scheduler.wake();
  }

  /** By itself, so that nobody waits for it: where it fails, the next look goes on. */
  function startAlone(batchId: number): void {
    start(batchId).catch((error: unknown) => {
      parts.log.error(`A plan could not be started: ${toAppError(error).message}`);
    });
  }

  function complete({ batchId }: PlannedBatch): void {
    if (plans.batch(batchId)?.state !== "automatic") return;
    const files = plans.counts(batchId).reduce((sum, { kind, n }) => (kind === "file" ? sum + n : sum), 0);
    if (files <= parts.planAboveFiles()) startAlone(batchId);
    else plans.setState(batchId, "asked");
    onChanged();
  }

  /** A folder stands for all that it holds, level by level. */
  async function chooseRows(ids: readonly number[], choice: PlanChoice): Promise<void> {
    for (let level = ids; level.length > 0; level = plans.idsIn(plans.foldersOf(level))) {
      for (let from = 0; from < level.length; from += rowsAtOnce) {
        plans.choose(level.slice(from, from + rowsAtOnce), choice);
        onChanged();
        await new Promise(setImmediate);
      }
    }
  }

  return {
    look: () => {
      plans.forgetEmpty();
      for (const batch of plans.batches()) {
        if (batch.state === "starting") startAlone(batch.batchId);
        else if (plans.isPending(batch.batchId)) planner.begin(batch);
        else complete(batch); // no server is asked for what is known
      }
    },
    complete,
    choose: async (batchId, rows, choice) => {
      if ("ids" in rows) return chooseRows(rows.ids, choice);
      // What is chosen may leave the part: each step begins behind the last one, and sees every row once.
      for (let after = 0; ; ) {
        const ids = plans.idsOf(batchId, rows.part, after, rowsAtOnce);
        const last = ids.at(-1);
        if (last === undefined) return;
        plans.choose(ids, choice);
        onChanged();
        after = last;
        await new Promise(setImmediate);
      }
    },
    start,
    discard: async (batchId) => {
      await planner.stop(batchId);
      await parts.service.remove({ batchId });
    },
  };
}
