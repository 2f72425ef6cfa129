import { type AppError, toAppError } from "../../../../shared/errors/appError.ts";
import type { Entry, EntryType } from "../../../../shared/models/entry.ts";
import { throwIfCancelled } from "../../util/cancel.ts";
import { isEndOfJob, type JobReport } from "./jobReport.ts";
import type { PlaceTree } from "./placeTree.ts";

/** One of the entries that a job was begun with. */
export type Root = { readonly folder: string; readonly entry: Entry };

/** One entry that something is to be done to. */
export type Step = {
  readonly path: string;
  /** The folder it lies in. */
  readonly folder: string;
  /** The wire name of the entry that the job was begun with, and that led here. */
  readonly root: string;
  readonly isRoot: boolean;
  readonly type: EntryType;
  readonly permissions: string | null;
  /** Why this folder could not be read. */
  readonly unread: AppError | null;
};

/**
 * Everything below the roots, themselves included: each folder stands before what it holds, so that read backwards it is the order of
 * removal. Links are never followed. A folder that cannot be read is planned all the same; a name that is none is told as a failure, and
 * `onBadName` names the folder that will keep it.
 */
export async function planTree(
  tree: PlaceTree,
  roots: readonly Root[],
  {
    isDeep,
    report,
    onBadName,
  }: { readonly isDeep: boolean; readonly report: JobReport; readonly onBadName: (folder: string) => void },
  signal: AbortSignal,
): Promise<Step[]> {
  const steps: Step[] = [];
  const waiting = roots.map((root) => ({ ...root, root: root.entry.wireName, isRoot: true })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    throwIfCancelled(signal);
    const { folder, entry, root, isRoot } = next;
    const step = placeStep(tree, next, report);
    if (step === null) {
      onBadName(folder);
      continue;
    }
    report.find(entry);
    const children = isDeep && entry.type === "directory" ? await readFolder(tree, step.path, report, signal) : [];
    const unread = "kind" in children ? children : null;
    steps.push({ ...step, root, isRoot, type: entry.type, permissions: entry.permissions, unread });
    if ("kind" in children) continue;
    for (const child of children.toReversed()) waiting.push({ folder: step.path, entry: child, root, isRoot: false });
  }
  return steps;
}

function placeStep(
  tree: PlaceTree,
  { folder, entry, root }: { readonly folder: string; readonly entry: Entry; readonly root: string },
  report: JobReport,
) {
  try {
    return { path: tree.join(folder, entry.wireName), folder };
  } catch (error) {
    report.fail(root, `${tree.displayPath(folder)}: ${entry.name}`, toAppError(error));
    return null;
  }
}

async function readFolder(
  tree: PlaceTree,
  path: string,
  report: JobReport,
  signal: AbortSignal,
): Promise<readonly Entry[] | AppError> {
  report.enter(path);
  try {
    return await tree.list(path, signal);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isEndOfJob(error)) throw error;
    return error;
  }
}
