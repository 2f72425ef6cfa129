import type { PlanAction, PlanReason } from "../../../../shared/models/plan.ts";
import type { ConflictDecision, ConflictSide } from "../policies/conflictPolicy.ts";
import { decideConflict, isResumable } from "../policies/conflictPolicy.ts";
import type { SettledConflict } from "../policies/conflictRules.ts";
import type { Finding } from "../store/planStore.ts";
import type { TargetFacts } from "../upload/targetFolders.ts";

export type FileToPlan = {
  readonly source: ConflictSide;
  /** What stands at the target; null: nothing. */
  readonly target: TargetFacts | null;
  readonly rule: SettledConflict;
  /** Both ends can begin in the middle of this file. */
  readonly mayResume: boolean;
  /** A free name beside the target; asked only where something stands. */
  readonly freeName: () => string;
};

/** What will happen to a file, by the very policy that decides when its turn comes. Pure. */
export function planFile({ source, target, rule, mayResume, freeName }: FileToPlan): Finding {
  if (target === null) return { action: "create", reason: "new", size: source.size };
  if (target.isFolder) return { action: "fail", reason: "folder-in-the-way", size: source.size };
  const decision = decideConflict({ rule: rule.action, source, target, canResume: mayResume });
  return {
    ...outcomeOf(decision, source, rule),
    rule: rule.by,
    newName: freeName(),
    standing: target,
    canResume: isResumable(source, target, mayResume),
    size: source.size,
  };
}

function outcomeOf(
  decision: ConflictDecision,
  source: ConflictSide,
  rule: SettledConflict,
): { readonly action: PlanAction; readonly reason: PlanReason } {
  switch (decision.do) {
    case "overwrite":
    case "rename":
      return { action: decision.do, reason: "rule" };
    case "resume":
      if (decision.offset === source.size) return { action: "skip", reason: "same-size" }; // nothing is missing
      return { action: "resume", reason: "rule" };
    case "skip":
      return { action: "skip", reason: decision.reason === "user" ? "rule" : decision.reason };
    case "ask":
      return { action: "ask", reason: rule.action === "ask" ? "rule" : "unknown" };
  }
}
