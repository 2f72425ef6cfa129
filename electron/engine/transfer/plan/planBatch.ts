import { throwIfCancelled } from "../../util/cancel.ts";
import type { Finding } from "../store/planStore.ts";
import { openPlanDesk, type PlanParts } from "./planDesk.ts";
import { planRow } from "./planRow.ts";

const rowsAtOnce = 500; // a step of some ten milliseconds, then others get their turn

/**
 * Looks at everything of a planned drop that nobody has looked at yet. Each step is committed; after a break it goes on with what is left.
 * `onStep`: more of it is known. Rejects with Unreachable when the server cannot be asked, and with `cancelled`.
 */
export async function planBatch(
  batchId: number,
  parts: PlanParts,
  onStep: () => void,
  signal: AbortSignal,
): Promise<void> {
  const { plans } = parts.store;
  const desk = openPlanDesk(parts, signal);
  for (let rows = plans.pending(batchId, rowsAtOnce); rows.length > 0; rows = plans.pending(batchId, rowsAtOnce)) {
    const findings = new Map<number, Finding>();
    for (const row of rows) {
      throwIfCancelled(signal);
      findings.set(row.id, await planRow(row, desk));
      // What a folder holds is there by now: told at once, for the next one may be large.
      if (row.kind === "folder") noteAll(findings);
    }
    noteAll(findings);
    await new Promise(setImmediate);
  }

  function noteAll(findings: Map<number, Finding>): void {
    plans.note(findings);
    findings.clear();
    onStep();
  }
}
