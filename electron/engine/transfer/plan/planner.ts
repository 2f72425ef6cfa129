import type { AppError } from "../../../../shared/errors/appError.ts";
import { toAppError } from "../../../../shared/errors/appError.ts";
import { localFreeSpace } from "../../local/freeSpace.ts";
import type { Clock, SessionLog } from "../../ports.ts";
import type { PlannedBatch } from "../store/planStore.ts";
import { planBatch } from "./planBatch.ts";
import { type PlanParts, Unreachable } from "./planDesk.ts";

export type PlannerParts = PlanParts & {
  readonly clock: Clock;
  readonly log: SessionLog;
  /** More is known of a plan. */
  readonly onChanged: () => void;
  /** Everything of this drop has been looked at. */
  readonly onComplete: (batch: PlannedBatch) => void;
};

/** What is known of a plan besides its rows. It may be lost at any moment. */
export type PlanSurroundings = {
  readonly localFree: number | null;
  readonly remoteFree: number | null;
  /** Why it does not get on. */
  readonly trouble: AppError | null;
};

export type Planner = {
  /** Looks at what is left of a plan, in the background. */
  readonly begin: (batch: PlannedBatch) => void;
  /** Resolves when nothing more is looked at. */
  readonly stop: (batchId: number) => Promise<void>;
  readonly surroundings: (batchId: number) => PlanSurroundings;
  /** Looks at the free space of this computer again. */
  readonly refreshSpace: (batchId: number) => void;
  readonly close: () => Promise<void>;
};

type Run = { readonly controller: AbortController; readonly ended: Promise<void> };

const unknown: PlanSurroundings = { localFree: null, remoteFree: null, trouble: null };
const firstRetryMs = 5_000;
const longestRetryMs = 60_000;

/** Makes plans, each by itself. What stands in the way is tried again, ever less often, until the plan is stopped. */
export function createPlanner(parts: PlannerParts): Planner {
  const { store, clock, log, onChanged, onComplete } = parts;
  const runs = new Map<number, Run>();
  const known = new Map<number, PlanSurroundings>();
  const surroundings = (batchId: number) => known.get(batchId) ?? unknown;

  function learn(batchId: number, news: Partial<PlanSurroundings>): void {
    known.set(batchId, { ...surroundings(batchId), ...news });
    onChanged();
  }

  /** Never rejects. */
  async function run(batch: PlannedBatch, signal: AbortSignal): Promise<void> {
    for (let waitMs = firstRetryMs; !signal.aborted; waitMs = Math.min(waitMs * 2, longestRetryMs)) {
      try {
        await lookForSpace(batch, signal);
        await planBatch(batch.batchId, parts, onChanged, signal);
        return onComplete(batch);
      } catch (error) {
        if (signal.aborted) return;
        const trouble = error instanceof Unreachable ? error.reason : toAppError(error);
        learn(batch.batchId, { trouble });
        log.error(`The plan waits: ${trouble.message}`);
        await pause(waitMs, signal);
      }
    }
  }

  async function lookForSpace({ batchId, siteId, root }: PlannedBatch, signal: AbortSignal): Promise<void> {
    refreshSpace(batchId);
    const isUpload = store.plans.batch(batchId)?.direction === "upload";
    let held: Awaited<ReturnType<PlanParts["lease"]>>;
    try {
      held = await parts.lease(siteId, signal);
    } catch (error) {
      throw new Unreachable(toAppError(error));
    }
    try {
      const folder = isUpload ? root : held.session.startFolder;
      const remoteFree = await held.session.freeSpace(folder, signal).catch(() => null); // a guess is not worth a failure
      learn(batchId, { remoteFree, trouble: null });
    } finally {
      held.release();
    }
  }

  function refreshSpace(batchId: number): void {
    const folder = localFolderOf(batchId);
    if (folder === null) return;
    void localFreeSpace(folder).then((localFree) => {
      if (localFree !== surroundings(batchId).localFree) learn(batchId, { localFree });
    });
  }

  function localFolderOf(batchId: number): string | null {
    const batch = store.plans.batch(batchId);
    if (batch === null) return null;
    if (batch.direction === "download") return batch.root;
    return store.plans.planWindow(batchId, "all", 0, 1)[0]?.sourceFolder ?? null;
  }

  function pause(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const stopTimer = clock.setTimer(delayMs, resolve);
      signal.addEventListener("abort", () => {
        stopTimer();
        resolve();
      });
    });
  }

  async function stop(batchId: number): Promise<void> {
    const running = runs.get(batchId);
    running?.controller.abort();
    await running?.ended;
    runs.delete(batchId);
    known.delete(batchId);
  }

  return {
    begin: (batch) => {
      if (runs.has(batch.batchId)) return;
      const controller = new AbortController();
      const ended = run(batch, controller.signal).finally(() => runs.delete(batch.batchId));
      runs.set(batch.batchId, { controller, ended });
    },
    stop,
    surroundings,
    refreshSpace,
    close: async () => {
      await Promise.all([...runs.keys()].map(stop));
    },
  };
}
