import { afterEach, beforeEach, expect, test } from "vitest";
import type { PlanHead } from "../../shared/models/plan.ts";
import { useHoldsStore } from "../stores/holdsStore.ts";
import { applyDialog, initialUi, useUiStore } from "../stores/uiStore.ts";
import { followPlans } from "./followPlans.ts";

const head = (isWaiting: boolean): PlanHead => {
  return { batchId: 3, direction: "upload", siteName: "Harbour", target: "/www", isWaiting };
};
const tell = (...plans: PlanHead[]) => useHoldsStore.setState({ plans });
const dialog = () => useUiStore.getState().dialog;

let stop = () => {};
beforeEach(() => {
  stop = followPlans();
});
afterEach(() => {
  stop();
  tell();
  useUiStore.setState(initialUi);
});

test("a drop that turns out to be large shows its plan, once", () => {
  tell(head(false));
  expect(dialog()).toBeNull();
  tell(head(true));
  expect(dialog()).toEqual({ kind: "plan", batchId: 3 });
  useUiStore.setState((state) => applyDialog(state, null));
  tell(head(true));
  expect(dialog()).toBeNull();
});

test("a plan that waited already stays closed", () => {
  tell(head(true));
  expect(dialog()).toBeNull();
});

test("another dialog is left alone", () => {
  useUiStore.setState((state) => applyDialog(state, { kind: "settings" }));
  tell(head(false));
  tell(head(true));
  expect(dialog()).toEqual({ kind: "settings" });
});
