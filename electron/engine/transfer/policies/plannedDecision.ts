import type { TimePrecision } from "../../../../shared/models/entry.ts";
import type { ConflictAction } from "../../../../shared/models/prompt.ts";
import type { TransferRow } from "../transferRow.ts";
import { type Conflict, type ConflictDecision, type ConflictSide, decideConflict } from "./conflictPolicy.ts";

export type PlannedFacts = Pick<
  TransferRow,
  "decision" | "plannedAction" | "plannedStands" | "plannedSize" | "plannedModifiedMs" | "plannedPrecision"
>;

/**
 * What happens to a file whose target exists, as its plan says: what the user has seen is what is done. Where something else stands there
 * by now than what was planned with, and where the user was asked afterwards, the conflict's own rule decides.
 */
export function decideAsPlanned(row: PlannedFacts, conflict: Conflict): ConflictDecision {
  const usual = decideConflict(conflict);
  const rule = row.decision === null && isAsItWas(row, conflict.target) ? ruleOf(row) : null;
  if (rule === null) return usual;
  const planned = decideConflict({ ...conflict, rule });
  return planned.do === usual.do ? usual : planned; // the usual one knows why
}

function ruleOf({ plannedAction }: PlannedFacts): ConflictAction | null {
  switch (plannedAction) {
    case "overwrite":
    case "resume":
    case "rename":
    case "skip":
      return plannedAction;
    default:
      return null;
  }
}

const spanMs = { second: 1_000, minute: 60_000, day: 86_400_000 } as const satisfies Record<TimePrecision, number>;

/** A listing and a question about one file tell its time more or less exactly: they agree within the coarser of the two. */
function isAsItWas(row: PlannedFacts, { size, modifiedMs, precision }: ConflictSide): boolean {
  if (row.plannedStands !== true || row.plannedSize !== size) return false;
  if (row.plannedModifiedMs === null || modifiedMs === null) return row.plannedModifiedMs === modifiedMs;
  const toleranceMs = Math.max(spanMs[precision], spanMs[row.plannedPrecision ?? "second"]);
  return Math.abs(row.plannedModifiedMs - modifiedMs) < toleranceMs;
}
