import { applyDialog, useUiStore } from "../../stores/uiStore.ts";

/** Opens the plan of a drop. */
export function showPlan(batchId: number): void {
  useUiStore.setState((state) => applyDialog(state, { kind: "plan", batchId }));
}
