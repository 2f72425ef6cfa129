import type { EngineClient } from "../../shared/contract/contract.ts";
import type { PlanChoice, PlanPart } from "../../shared/models/plan.ts";
import { applyPlanWindow, noPlan, usePlanStore } from "../stores/planStore.ts";
import type { Choice } from "../stores/queueChoice.ts";

/** What a user can do to one plan. Each promise rejects with AppError; the outcome is seen in the plan's own news. */
export type PlanIntents = {
  /** Keeps the plan in the store until the returned function is called; `onGone`: there is none any more. */
  readonly watch: (onGone: () => void) => () => void;
  readonly watchWindow: (part: PlanPart, offset: number, limit: number) => () => void;
  readonly choose: (chosen: Choice, part: PlanPart, choice: PlanChoice) => Promise<unknown>;
  readonly start: () => Promise<unknown>;
  readonly discard: () => Promise<unknown>;
  /** The ids of rows `offset … offset + count` of the part shown, at most 100,000 (the contract's limit). */
  readonly readIds: (offset: number, count: number) => Promise<readonly number[]>;
};

const windowLimit = 500; // the contract's limit
const idsLimit = 100_000;

export function planIntents(engine: EngineClient, batchId: number): PlanIntents {
  return {
    watch: (onGone) => {
      usePlanStore.setState(noPlan);
      const stop = engine.open("plans.watch", { batchId }, ({ plan }) => {
        usePlanStore.setState({ plan });
        if (plan === null) onGone();
      });
      return () => {
        stop();
        usePlanStore.setState(noPlan);
      };
    },
    watchWindow: (part, offset, limit) =>
      engine.open("plans.watchWindow", { batchId, part, offset, limit }, ({ total, rows }) =>
        usePlanStore.setState((state) =>
          state.part === part ? applyPlanWindow(state, { offset, total, rows }) : state,
        ),
      ),
    choose: (chosen, part, choice) =>
      engine.call("plans.choose", { batchId, rows: chosen.all ? { part } : { ids: [...chosen.ids] }, choice }),
    start: () => engine.call("plans.start", { batchId }),
    discard: () => engine.call("plans.discard", { batchId }),
    readIds: async (offset, count) => {
      const ids: number[] = [];
      const { part } = usePlanStore.getState();
      const end = offset + Math.min(count, idsLimit);
      for (let from = offset; from < end; from += windowLimit) {
        ids.push(
          ...(await readWindow(engine, { batchId, part, offset: from, limit: Math.min(windowLimit, end - from) })),
        );
      }
      return ids;
    },
  };
}

type Range = { readonly batchId: number; readonly part: PlanPart; readonly offset: number; readonly limit: number };

/** One look at a window: its snapshot, and no news after it. */
function readWindow(engine: EngineClient, range: Range): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const stop = engine.open(
      "plans.watchWindow",
      range,
      ({ rows }) => {
        stop(); // items never come before `open` has returned: every transport is asynchronous
        resolve(rows.map(({ id }) => id));
      },
      reject,
    );
  });
}
