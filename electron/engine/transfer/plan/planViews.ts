import type { Plan, PlanHead, PlannedTransfer, PlanPart } from "../../../../shared/models/plan.ts";
import type { PlanCount, PlannedBatch, PlannedRow } from "../store/planStore.ts";
import type { QueueStore } from "../store/queueStore.ts";
import { sourcePathOf, targetPathOf } from "../transferRow.ts";
import type { Planner } from "./planner.ts";
import { timeNeeded } from "./timeNeeded.ts";

export type PlanViewParts = {
  readonly store: QueueStore;
  readonly planner: Pick<Planner, "surroundings">;
  readonly siteName: (siteId: string) => string;
  readonly displayPath: (siteId: string, wirePath: string) => string;
};

export type PlanRange = {
  readonly batchId: number;
  readonly part: PlanPart;
  readonly offset: number;
  readonly limit: number;
};

/** The plan of a drop as the window shows it; null: there is none any more. */
export function describePlan(batchId: number, parts: PlanViewParts): Plan | null {
  const { store, planner } = parts;
  const batch = store.plans.batch(batchId);
  if (batch === null || batch.state === "starting") return null;
  const all = store.plans.counts(batchId);
  const { localFree, remoteFree, trouble } = planner.surroundings(batchId);
  const bytes = all.reduce((sum, count) => sum + count.bytes, 0);
  const files = countOf(all, ({ kind, action }) => kind === "file" && action !== "skip" && action !== "fail");
  return {
    batchId,
    direction: batch.direction,
    siteName: parts.siteName(batch.siteId),
    target: targetOf(batch, parts),
    counts: addUp(all),
    names: countOf(all, ({ isNoted }) => isNoted === 1),
    pending: countOf(all, ({ action }) => action === "pending"),
    bytes,
    free: { local: localFree, remote: remoteFree },
    timeMs: timeNeeded(store.plans.recentDone(batch.direction, batch.siteId), { files, bytes }),
    trouble: trouble && { kind: trouble.kind, text: trouble.reply?.text ?? trouble.message },
  };
}

/** Rows of a part of a plan. */
export function readPlanWindow(
  { batchId, part, offset, limit }: PlanRange,
  parts: PlanViewParts,
): { readonly total: number; readonly rows: PlannedTransfer[] } {
  const { plans } = parts.store;
  const isMeant = ({ action, isNoted }: PlanCount) =>
    part === "all" || (part === "names" ? isNoted === 1 : action === part);
  return {
    total: countOf(plans.counts(batchId), isMeant),
    rows: plans.planWindow(batchId, part, offset, limit).map((row) => describeRow(row, parts)),
  };
}

/** Every plan in one line. */
export function describePlanHeads(parts: PlanViewParts): PlanHead[] {
  return parts.store.plans
    .batches()
    .filter(({ state }) => state !== "starting")
    .map((batch) => ({
      batchId: batch.batchId,
      direction: batch.direction,
      siteName: parts.siteName(batch.siteId),
      target: targetOf(batch, parts),
      isWaiting: batch.state === "asked",
    }));
}

function describeRow(row: PlannedRow, { displayPath }: PlanViewParts): PlannedTransfer {
  const { id, kind, action, reason, rule, note, planError, direction, siteId } = row;
  const isUpload = direction === "upload";
  const shown = (path: string) => displayPath(siteId, path);
  return {
    ...{ id, kind, reason, rule, note, errorKind: planError, modifiedMs: row.modifiedMs },
    action: action === "pending" ? null : action,
    sourcePath: isUpload ? sourcePathOf(row) : shown(sourcePathOf(row)),
    targetPath: isUpload ? shown(targetPathOf(row)) : targetPathOf(row),
    size: row.knownSize,
    newName: row.plannedName !== null && isUpload ? shown(row.plannedName) : row.plannedName,
    targetSize: row.plannedSize,
    targetModifiedMs: row.plannedModifiedMs,
  };
}

function targetOf({ direction, siteId, root }: PlannedBatch, { displayPath }: PlanViewParts): string {
  return direction === "upload" ? displayPath(siteId, root) : root;
}

function countOf(counts: readonly PlanCount[], isMeant: (count: PlanCount) => boolean): number {
  return counts.reduce((sum, count) => (isMeant(count) ? sum + count.n : sum), 0);
}

function addUp(counts: readonly PlanCount[]): Plan["counts"] {
  const sums: Plan["counts"] = [];
  for (const { action, kind, n, bytes } of counts) {
    if (action === "pending") continue;
    const known = sums.find((sum) => sum.action === action);
    const sum = known ?? { action, files: 0, folders: 0, bytes: 0 };
    if (known === undefined) sums.push(sum);
    sum[kind === "file" ? "files" : "folders"] += n;
    sum.bytes += bytes;
  }
  return sums;
}
