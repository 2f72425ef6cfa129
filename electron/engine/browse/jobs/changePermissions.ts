import { AppError, toAppError } from "../../../../shared/errors/appError.ts";
import {
  changeMode,
  type PermissionChange,
  type PermissionPlan,
  parsePermissions,
} from "../../../../shared/models/permissions.ts";
import { isEndOfJob, type JobReport } from "./jobReport.ts";
import type { PlaceTree } from "./placeTree.ts";
import { planTree, type Root, type Step } from "./planTree.ts";

const ownerMayEnter = 0o100;

/**
 * `chmod`, for files and folders apart. Links found on the way are left alone: the command would change what they point to. What fails
 * is told and the rest goes on. Rejects with what ends the whole job.
 */
export async function changePermissions(
  tree: PlaceTree,
  roots: readonly Root[],
  plan: PermissionPlan,
  report: JobReport,
  signal: AbortSignal,
): Promise<void> {
  const steps = await planTree(tree, roots, { isDeep: plan.recursive, report, onBadName: () => {} }, signal);
  const wanted = steps.flatMap((step) => {
    if (step.unread !== null) report.fail(step.root, tree.displayPath(step.path), step.unread);
    const change = changeOf(plan, step);
    return change === null ? [] : [{ step, change }];
  });
  report.plan(wanted.length);
  // A folder that nobody may enter any more is closed last; one that is opened is opened first.
  const closesFolders = plan.folders !== null && (plan.folders.on & ownerMayEnter) === 0;
  for (const { step, change } of closesFolders ? wanted.reverse() : wanted) {
    report.enter(step.folder);
    await changeOne(tree, step, change, report, signal);
  }
}

function changeOf({ files, folders }: PermissionPlan, { type, isRoot }: Step): PermissionChange | null {
  if (type === "symlink") return isRoot ? (files ?? folders) : null;
  return type === "directory" ? folders : files;
}

async function changeOne(
  tree: PlaceTree,
  step: Step,
  change: PermissionChange,
  report: JobReport,
  signal: AbortSignal,
): Promise<void> {
  try {
    const mode = changeMode(parsePermissions(step.permissions), change);
    if (mode === null) throw new AppError("invalid-input", "Nobody shows its permissions, so none of them can be kept");
    await tree.setPermissions(step.path, mode, signal);
    report.finish();
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isEndOfJob(error)) throw error;
    report.fail(step.root, tree.displayPath(step.path), error);
  }
}
