import { toAppError } from "../../../shared/errors/appError.ts";
import { createClaims } from "./claims.ts";
import { keepPace } from "./pace.ts";
import { keepRuns, type Run } from "./runs.ts";
import { createSettleTry, type SettleParts } from "./settleTry.ts";
import { createTries, type Tried, type TryTools } from "./tries.ts";
import { collectTurnCommits } from "./turnCommits.ts";
import { keepWaits } from "./waiting/waits.ts";

export type SchedulerParts = SettleParts &
  TryTools & {
    /** Rows have changed. */
    readonly onChanged: () => void;
    /** Nothing runs any more; `hasEnded`: what ran last has ended by itself, nobody stopped it. */
    readonly onSettled: (hasEnded: boolean) => void;
  };

/** Decides what runs now, and what an ended try means for its row. The rows are the truth; what is in here may be lost at any moment. */
export type Scheduler = {
  readonly start: () => void;
  /** There may be something to run. */
  readonly wake: () => void;
  /** Stops what runs although its row says otherwise by now; resolves when its bytes stand still. */
  readonly dropStale: () => Promise<void>;
  /** Stops everything that runs and begins nothing until `start`; the rows go back to `queued`. */
  readonly halt: () => Promise<void>;
  /** Whatever waits only for time to pass waits no longer: the user wants it now. */
  readonly tryNow: () => void;
};

const fileRetryMs = 5_000;

export function createScheduler(parts: SchedulerParts): Scheduler {
  const { store, clock, log, outages } = parts;
  const runs = keepRuns();
  const pace = keepPace(clock.now);
  const waits = keepWaits({ clock, nextDueMs, ring: (hasLeapt) => (hasLeapt ? tryNow() : wake()) });
  const settle = createSettleTry(parts, waits, pace);
  const turn = collectTurnCommits(commitTurn);
  const tries = createTries({
    ...parts,
    commit: turn.add,
    isFollowed: () => claims.hasMore(),
    onReached: (siteId) => {
      if (outages.noteReached(siteId)) lookAgain();
    },
    onMoved: pace.noteMoved,
    onCheckpoint: () => {
      if (pace.review(runs.count("file"))) wake();
    },
    onAdded: lookAgain,
  });
  const claims = createClaims({ ...parts, pace, runs, foresee: tries.foresee });
  let isOn = false;
  /** Nothing runs, and that has been told. */
  let isSettled = true;

  function commitTurn(changes: () => void): void {
    pace.review(runs.count("file"));
    const claimed = commit(() => {
      changes();
      return claimAll();
    });
    for (const next of claimed) begin(next);
    if (isOn) waits.keepAlarm();
  }

  function wake(): void {
    if (!isOn) return;
    try {
      const releaseAndClaim = () => {
        store.releaseDue(clock.now());
        return claimAll();
      };
      for (const run of commit(releaseAndClaim)) begin(run);
      waits.setAlarm();
    } catch (error) {
      reportFile(error);
      waits.ringIn(fileRetryMs);
    }
  }

  function lookAgain(): void {
    parts.onChanged();
    wake();
  }

  function tryNow(): void {
    outages.endRests();
    try {
      store.releaseDue(Number.MAX_SAFE_INTEGER);
    } catch (error) {
      reportFile(error);
    }
    lookAgain();
  }

  /** What was claimed in a commit that failed has not been claimed. */
  function commit<T>(changes: () => T): T {
    const before = new Set(runs.ids());
    try {
      return store.together(changes);
    } catch (error) {
      for (const id of [...runs.ids()]) if (!before.has(id)) runs.remove(id);
      throw error;
    }
  }

  function claimAll(): readonly Run[] {
    return isOn ? claims.claimAll() : [];
  }

  /** A full disk under the queue's own file: nothing is lost, but nothing can be begun either. */
  function reportFile(error: unknown): void {
    log.error(`The queue cannot be written to disk: ${toAppError(error).message}`);
  }

  function begin(run: Run): void {
    isSettled = false;
    parts.onChanged();
    tries
      .tryRow(run)
      .then((tried) => settleRun(run, tried))
      .catch((error: unknown) => {
        runs.remove(run.row.id); // the row says "running" until the next start takes it up again
        reportFile(error);
      })
      .finally(run.end);
  }

  async function settleRun({ row, foreseen, signal }: Run, { outcome, rule, hasBegun }: Tried): Promise<void> {
    const tell = await turn.add(() => {
      runs.remove(row.id);
      if (foreseen !== null && !hasBegun) store.takeBackBegin(row.id);
      claims.noteEnd();
      return settle(row, outcome, signal, rule);
    });
    tell();
    if (runs.size() > 0 || isSettled) return parts.onChanged();
    isSettled = true; // told once, however many have ended in this commit
    parts.onSettled(!signal.aborted);
  }

  /** When the first try falls due, or the first site has rested enough. */
  function nextDueMs(): number | null {
    const due = [store.nextDueMs(), outages.nextTryMs()].filter((atMs) => atMs !== null);
    return due.length === 0 ? null : Math.min(...due);
  }

  return {
    start: () => {
      isOn = true;
      wake();
    },
    wake,
    dropStale: () => runs.stop(({ row }) => store.stateOf(row.id) !== "running"),
    halt: async () => {
      isOn = false;
      waits.stop();
      await runs.stop();
    },
    tryNow,
  };
}
