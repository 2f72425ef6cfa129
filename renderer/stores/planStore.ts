import { create } from "zustand";
import type { Plan, PlannedTransfer, PlanPart } from "../../shared/models/plan.ts";
import { type Choice, followRows, nothingChosen } from "./queueChoice.ts";

/** The rows of a part of the plan that are loaded: row `offset` is `rows[0]`. */
export type PlanWindow = {
  readonly offset: number;
  readonly total: number;
  readonly rows: readonly PlannedTransfer[];
};

/** The plan that is looked at. */
export type PlanState = {
  /** null: not here yet, or gone. */
  readonly plan: Plan | null;
  readonly part: PlanPart;
  readonly window: PlanWindow;
  readonly choice: Choice;
};

const emptyWindow: PlanWindow = { offset: 0, total: 0, rows: [] };

export const noPlan: PlanState = { plan: null, part: "all", window: emptyWindow, choice: nothingChosen };

export const usePlanStore = create<PlanState>(() => noPlan);

/** Positions mean other rows: nothing stays chosen. */
export function applyPart(state: PlanState, part: PlanPart): PlanState {
  return part === state.part ? state : { ...state, part, window: emptyWindow, choice: nothingChosen };
}

/** Rows that say the same as before keep their identity, so that only changed rows draw. */
export function applyPlanWindow(state: PlanState, next: PlanWindow): PlanState {
  const known = new Map(state.window.rows.map((row) => [row.id, row]));
  const rows = next.rows.map((row) => {
    const before = known.get(row.id);
    return before !== undefined && JSON.stringify(before) === JSON.stringify(row) ? before : row;
  });
  const window = { ...next, rows };
  return { ...state, window, choice: followRows(state.choice, state.window, window) };
}

export function plannedRowAt({ window }: PlanState, index: number): PlannedTransfer | undefined {
  return window.rows[index - window.offset];
}
