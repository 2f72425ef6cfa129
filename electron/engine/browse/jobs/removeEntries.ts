import { AppError, toAppError } from "../../../../shared/errors/appError.ts";
import { isEndOfJob, type JobReport } from "./jobReport.ts";
import type { PlaceTree } from "./placeTree.ts";
import { planTree, type Root, type Step } from "./planTree.ts";

/**
 * Deletes entries, folders with all they hold: counted first, then what a folder holds before the folder. Links are removed, never
 * followed. What fails stays, with the folders it lies in, and the rest goes on. Rejects with what ends the whole job: `cancelled`, or a
 * connection that cannot be had.
 */
export async function removeEntries(
  tree: PlaceTree,
  roots: readonly Root[],
  report: JobReport,
  signal: AbortSignal,
): Promise<void> {
  const left: Root[] = [];
  for (const root of roots) if (!(await removeAtOnce(tree, root, report, signal))) left.push(root);
  await removeAll({ tree, report, signal, kept: new Set() }, left);
}

type Removal = {
  readonly tree: PlaceTree;
  readonly report: JobReport;
  readonly signal: AbortSignal;
  /** Folders that still hold something: not worth a try. */
  readonly kept: Set<string>;
};

/** Some servers delete a folder with all it holds by one command. */
async function removeAtOnce(tree: PlaceTree, { folder, entry }: Root, report: JobReport, signal: AbortSignal) {
  if (entry.type !== "directory" || !(await tree.removeTree(tree.join(folder, entry.wireName), signal))) return false;
  report.find(entry);
  report.plan(1);
  report.finish();
  return true;
}

async function removeAll(removal: Removal, roots: readonly Root[]): Promise<void> {
  const { tree, report, signal, kept } = removal;
  const onBadName = (folder: string) => kept.add(folder);
  const steps = await planTree(tree, roots, { isDeep: true, report, onBadName }, signal);
  report.plan(steps.length);
  for (const step of steps.reverse()) {
    report.enter(step.folder);
    if (!(await removeOne(removal, step))) kept.add(step.folder);
  }
}

/** Whether it is gone. */
async function removeOne(removal: Removal, step: Step): Promise<boolean> {
  const { tree, report, signal, kept } = removal;
  if (kept.has(step.path)) return false;
  try {
    if (step.type !== "directory") await tree.removeFile(step.path, signal);
    else if (!(await removeFolder(removal, step))) return false;
    report.finish();
    return true;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isEndOfJob(error)) throw error;
    report.fail(step.root, tree.displayPath(step.path), error);
    return false;
  }
}

/** False when something in it could not be removed, which has been told already. */
async function removeFolder(removal: Removal, step: Step): Promise<boolean> {
  const { tree, signal, kept } = removal;
  try {
    await tree.removeFolder(step.path, signal);
    return true;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (step.unread !== null && !isEndOfJob(error)) throw step.unread;
    if (error.kind !== "directory-not-empty") throw error;
    // ProFTPD 1.3.8: MLSD leaves out links that lead nowhere. Looked at in the other way, the folder shows them.
    const hidden = await tree.listHidden(step.path, signal);
    if (hidden.length === 0) throw new AppError(error.kind, error.message, { ...error, cause: error });
    await removeAll(
      removal,
      hidden.map((entry) => ({ folder: step.path, entry })),
    );
    if (kept.has(step.path)) return false;
    await tree.removeFolder(step.path, signal);
    return true;
  }
}
