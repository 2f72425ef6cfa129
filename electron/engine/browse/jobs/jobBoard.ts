import { AppError, toAppError, toWireError } from "../../../../shared/errors/appError.ts";
import type { Job } from "../../../../shared/models/job.ts";
import type { PermissionPlan } from "../../../../shared/models/permissions.ts";
import type { Place } from "../../../../shared/models/place.ts";
import type { Clock } from "../../ports.ts";
import { createListeners } from "../../util/listeners.ts";
import { changePermissions } from "./changePermissions.ts";
import type { JobReport } from "./jobReport.ts";
import type { PlaceTree } from "./placeTree.ts";
import type { Root } from "./planTree.ts";
import { removeEntries } from "./removeEntries.ts";

export type JobRequest = {
  readonly place: Place;
  readonly path: string;
  readonly wireNames: readonly string[];
} & ({ readonly kind: "remove" } | { readonly kind: "setPermissions"; readonly plan: PermissionPlan });

/** `isComplete` false: something stopped it before its time. */
export type JobOutcome = { readonly done: number; readonly failed: number; readonly isComplete: boolean };

/** Work on many entries, under way and ended with something left undone. It is nobody's but the engine's: windows come and go. */
export type JobBoard = {
  /** All jobs, oldest first; now, and again as they go on. */
  readonly watch: (emit: (jobs: readonly Job[]) => void) => () => void;
  /** Resolves when the work has ended, one way or the other; rejects with `cancelled`. */
  readonly run: (request: JobRequest) => Promise<JobOutcome>;
  /** Ends a job, or takes one that has ended off the list. */
  readonly cancel: (id: number) => void;
  /** Does again what a job has left undone. Rejects with `invalid-input` when there is no such job. */
  readonly retry: (id: number) => void;
  readonly close: () => Promise<void>;
};

export type JobBoardParts = {
  readonly treeOf: (place: Place) => PlaceTree;
  /** What a folder holds may have changed. */
  readonly onTouched: (place: Place, folder: string) => void;
  readonly clock: Clock;
};

type Life = {
  readonly request: JobRequest;
  readonly tree: PlaceTree;
  job: Job;
  abort: AbortController;
  /** The entries that a retry begins with again. */
  undone: Set<string>;
};

const shownFailures = 200; // what a person may read; the count says how many there are
const newsEveryMs = 100;

export function createJobBoard({ treeOf, onTouched, clock }: JobBoardParts): JobBoard {
  const lives = new Map<number, Life>();
  const running = new Set<Promise<unknown>>();
  const listeners = createListeners<readonly Job[]>();
  let lastId = 0;
  let stopTimer: (() => void) | null = null;
  let hasNews = false;

  const list = () => [...lives.values()].map(({ job }) => job);

  /** News at once after a silence, else with the next beat. */
  const tell = () => {
    hasNews = true;
    if (stopTimer !== null) return;
    hasNews = false;
    stopTimer = clock.setTimer(newsEveryMs, () => {
      stopTimer = null;
      if (hasNews) tell();
    });
    listeners.tell(list());
  };

  const change = (life: Life, changes: Partial<Job>) => {
    life.job = { ...life.job, ...changes };
    tell();
  };

  const remove = (id: number) => {
    if (lives.delete(id)) tell();
  };

  const work = async (life: Life, isRetry: boolean): Promise<JobOutcome> => {
    const { request, tree, abort } = life;
    const wireNames = isRetry ? [...life.undone] : request.wireNames;
    const touched = new Set([request.path]);
    life.undone = new Set();
    try {
      const report = reportOn(life, (changes) => change(life, changes), tree, touched);
      const roots = await findRoots(tree, request.path, wireNames, { report, isRetry }, abort.signal);
      if (request.kind === "remove") await removeEntries(tree, roots, report, abort.signal);
      else await changePermissions(tree, roots, request.plan, report, abort.signal);
      const { done, failed } = life.job;
      if (failed === 0) remove(life.job.id);
      else change(life, { state: "ended", current: null });
      return { done, failed, isComplete: true };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (abort.signal.aborted) {
        remove(life.job.id);
        throw error;
      }
      life.undone = new Set(wireNames);
      // Cancelled by somebody else: who closes a connection does not mean the job, and is to know what is left undone.
      const isClosed = error.kind === "cancelled";
      const reason = isClosed ? new AppError("connection-lost", "The connection was closed", { cause: error }) : error;
      change(life, { state: "ended", current: null, stoppedBy: toWireError(reason) });
      return { done: life.job.done, failed: life.job.failed, isComplete: false };
    } finally {
      for (const folder of touched) onTouched(request.place, folder);
    }
  };

  const begin = (life: Life, isRetry: boolean): Promise<JobOutcome> => {
    const result = work(life, isRetry);
    running.add(result);
    const forget = () => running.delete(result);
    result.then(forget, forget);
    return result;
  };

  return {
    watch: (emit) => {
      emit(list());
      return listeners.add(emit);
    },
    run: async (request) => {
      const id = ++lastId;
      const tree = treeOf(request.place);
      const life: Life = {
        request,
        tree,
        job: newJob(id, request, tree),
        abort: new AbortController(),
        undone: new Set(),
      };
      lives.set(id, life);
      tell();
      return begin(life, false);
    },
    cancel: (id) => {
      const life = lives.get(id);
      if (life === undefined) return;
      life.abort.abort();
      remove(id);
    },
    retry: (id) => {
      const life = lives.get(id);
      if (life?.job.state !== "ended") throw new AppError("invalid-input", `Job ${id} is not waiting`);
      life.abort = new AbortController();
      change(life, { ...fresh, failures: [] });
      begin(life, true).catch(() => {}); // the job itself tells
    },
    close: async () => {
      for (const { abort } of lives.values()) abort.abort();
      await Promise.allSettled(running);
      stopTimer?.();
    },
  };
}

const fresh = {
  state: "counting",
  files: 0,
  folders: 0,
  bytes: 0,
  total: 0,
  done: 0,
  current: null,
  failed: 0,
  stoppedBy: null,
} as const satisfies Partial<Job>;

function newJob(id: number, { kind, place, path, wireNames }: JobRequest, tree: PlaceTree): Job {
  const name = tree.displayPath(wireNames[0] ?? "");
  return { ...fresh, id, kind, place, folder: tree.displayPath(path), name, count: wireNames.length, failures: [] };
}

function reportOn(
  life: Life,
  change: (changes: Partial<Job>) => void,
  tree: PlaceTree,
  touched: Set<string>,
): JobReport {
  return {
    find: ({ type, size }) => {
      const { files, folders, bytes } = life.job;
      if (type === "directory") change({ folders: folders + 1 });
      else change({ files: files + 1, bytes: bytes + (size ?? 0) });
    },
    plan: (count) => change({ state: "working", total: life.job.total + count }),
    enter: (folder) => {
      touched.add(folder);
      change({ current: tree.displayPath(folder) });
    },
    finish: () => change({ done: life.job.done + 1 }),
    fail: (root, path, error) => {
      life.undone.add(root);
      const { failed, failures } = life.job;
      const isShown = failures.length < shownFailures;
      change({
        failed: failed + 1,
        failures: isShown ? [...failures, { path, error: toWireError(error) }] : failures,
      });
    },
  };
}

/** The entries by name, as they are now. What is no longer there is a failure, unless the job has been here before. */
async function findRoots(
  tree: PlaceTree,
  folder: string,
  wireNames: readonly string[],
  { report, isRetry }: { readonly report: JobReport; readonly isRetry: boolean },
  signal: AbortSignal,
): Promise<Root[]> {
  const entries = new Map((await tree.list(folder, signal)).map((entry) => [entry.wireName, entry]));
  const roots: Root[] = [];
  for (const name of wireNames) {
    const entry = entries.get(name);
    try {
      const path = tree.displayPath(tree.join(folder, name));
      if (entry !== undefined) roots.push({ folder, entry });
      else if (!isRetry) report.fail(name, path, new AppError("not-found", "It is no longer there", { path }));
    } catch (error) {
      report.fail(name, tree.displayPath(name), toAppError(error));
    }
  }
  return roots;
}
