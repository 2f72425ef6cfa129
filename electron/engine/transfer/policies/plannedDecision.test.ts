import { describe, expect, test } from "vitest";
import type { PlanAction } from "../../../../shared/models/plan.ts";
import type { ConflictChoice } from "../../../../shared/models/prompt.ts";
import type { ConflictSide } from "./conflictPolicy.ts";
import { decideAsPlanned, type PlannedFacts } from "./plannedDecision.ts";

const early = 1_600_000_000_000;
const late = 1_700_000_000_000;
const source: ConflictSide = { size: 100, modifiedMs: late, precision: "second" };
const target: ConflictSide = { size: 40, modifiedMs: early, precision: "second" };
const planned = (plannedAction: PlanAction | null, facts: Partial<PlannedFacts> = {}): PlannedFacts => ({
  decision: null,
  plannedAction,
  plannedStands: true,
  plannedSize: 40,
  plannedModifiedMs: early,
  plannedPrecision: "second",
  ...facts,
});
const decide = (row: PlannedFacts, rule: ConflictChoice = "ask", existing = target) =>
  decideAsPlanned(row, { rule, source, target: existing, canResume: true }).do;

describe("a planned file whose target is as it was", () => {
  test.each(["overwrite", "resume", "rename", "skip"] as const)("%s, whatever the rules say by now", (action) => {
    expect(decide(planned(action))).toBe(action);
    expect(decide(planned(action), "overwrite-if-newer")).toBe(action);
  });

  test.each(["ask", "create", "fail", null] as const)("%s leaves it to the rules", (action) => {
    expect(decide(planned(action), "rename")).toBe("rename");
  });

  test("keeps the rule's own reason where both agree", () => {
    const rule = "overwrite-if-newer";
    const old = { ...source, modifiedMs: early };
    expect(decideAsPlanned(planned("skip"), { rule, source: old, target, canResume: true })).toEqual({
      do: "skip",
      reason: "not-newer",
    });
  });

  test("the same time told less exactly is the same time", () => {
    const day = Math.floor(early / 86_400_000) * 86_400_000;
    const facts = { plannedModifiedMs: day, plannedPrecision: "day" } as const;
    expect(decide(planned("overwrite", facts))).toBe("overwrite");
    expect(decide(planned("overwrite"), "ask", { ...target, modifiedMs: day, precision: "day" })).toBe("overwrite");
  });
});

describe("the rules decide", () => {
  test.each<[string, PlannedFacts, ConflictSide]>([
    ["when another size stands there", planned("overwrite"), { ...target, size: 41 }],
    ["when another time does", planned("overwrite"), { ...target, modifiedMs: early + 1_000 }],
    ["when its time is not told any more", planned("overwrite"), { ...target, modifiedMs: null }],
    ["when nothing stood there", planned("create", { plannedStands: false }), target],
    ["when the user has been asked since", planned("overwrite", { decision: "rename" }), target],
  ])("%s", (_, row, existing) => {
    expect(decide(row, "ask", existing)).toBe("ask");
  });
});
