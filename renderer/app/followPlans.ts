import type { PlanHead } from "../../shared/models/plan.ts";
import { useHoldsStore } from "../stores/holdsStore.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";

/**
 * Opens the plan of a drop that has turned out to be large, as the settings want it; never over another dialog, where the queue's own line
 * about it has to do. What waited when the window came up stays closed.
 */
export function followPlans(): () => void {
  return useHoldsStore.subscribe(({ plans }, { plans: before }) => {
    const large = plans.find((plan) => plan.isWaiting && wasLookedAt(before, plan.batchId));
    if (large === undefined || useUiStore.getState().dialog !== null) return;
    useUiStore.setState((state) => applyDialog(state, { kind: "plan", batchId: large.batchId }));
  });
}

function wasLookedAt(before: readonly PlanHead[], batchId: number): boolean {
  return before.some((plan) => plan.batchId === batchId && !plan.isWaiting);
}
