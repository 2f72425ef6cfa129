import { type AppError, toAppError } from "../../../shared/errors/appError.ts";
import { parentOfRemote } from "../../../shared/models/remotePath.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { TransferKind } from "../../../shared/models/transfer.ts";
import { rememberFolderPlaces } from "../local/folderPlaces.ts";
import type { NamePlatform } from "../local/localNames.ts";
import type { Clock, SessionLog } from "../ports.ts";
import type { LeaseSession } from "../sessions/lease.ts";
import { createAlarm } from "./alarm.ts";
import type { ConflictRules } from "./conflictRules.ts";
import { expandFolder } from "./expandFolder.ts";
import type { Outages } from "./outages.ts";
import type { ProgressHub } from "./progressHub.ts";
import type { Questions } from "./questions.ts";
import type { QueueStore, SiteKey } from "./queueStore.ts";
import { concernsWholeSite, decideRetry } from "./retryPolicy.ts";
import { rememberTargetFolders, type TargetFolders } from "./targetFolders.ts";
import { goesAsText } from "./textFiles.ts";
import type { Outcome } from "./transferOutcome.ts";
import { localPathOf, remotePathOf, type TransferRow, targetPathOf } from "./transferRow.ts";
import { tryTransfer } from "./worker.ts";

/** A folder whose contents a transfer has changed. */
export type TargetChange = { readonly side: "local" | "remote"; readonly siteId: string; readonly folder: string };

export type SchedulerParts = {
  readonly store: QueueStore;
  readonly clock: Clock;
  readonly lease: LeaseSession;
  readonly settings: () => Settings;
  readonly rules: ConflictRules;
  readonly questions: Questions;
  readonly outages: Outages;
  readonly progress: ProgressHub;
  readonly platform: NamePlatform;
  readonly log: SessionLog;
  readonly displayPath: (siteId: string, wirePath: string) => string;
  readonly toWire: (siteId: string, text: string) => string;
  readonly onTargetChanged: (change: TargetChange) => void;
  readonly onSourceDone: (localPath: string) => void;
  /** Rows have changed. */
  readonly onChanged: () => void;
  /** Nothing runs any more. */
  readonly onSettled: () => void;
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

type Run = {
  readonly row: TransferRow;
  readonly target: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  readonly resolve: () => void;
};

const checkpointMs = 1_000;
const failedAtOnce = 5_000;
const fileRetryMs = 5_000;

export function createScheduler(parts: SchedulerParts): Scheduler {
  const { store, clock, settings, progress, log, outages } = parts;
  const runs = new Map<number, Run>();
  const places = rememberFolderPlaces(clock.now);
  const targetsOfSite = new Map<string, TargetFolders>();
  const alarm = createAlarm(clock, (hasLeapt) => (hasLeapt ? tryNow() : wake()));
  /** Rows whose target another transfer is writing to just now. */
  const blocked = new Set<number>();
  let isOn = false;
  let lastSiteNo = 0;

  function wake(): void {
    if (!isOn) return;
    try {
      for (const run of commit(claimAll)) begin(run);
      setAlarm();
    } catch (error) {
      reportFile(error);
      alarm.set(clock.now() + fileRetryMs);
    }
  }

  function tryNow(): void {
    outages.endRests();
    try {
      store.releaseDue(Number.MAX_SAFE_INTEGER);
    } catch (error) {
      reportFile(error);
    }
    parts.onChanged();
    wake();
  }

  /** What was claimed in a commit that failed has not been claimed. */
  function commit<T>(changes: () => T): T {
    const before = new Set(runs.keys());
    try {
      return store.together(changes);
    } catch (error) {
      for (const id of runs.keys()) if (!before.has(id)) runs.delete(id);
      throw error;
    }
  }

  /** A full disk under the queue's own file: nothing is lost, but nothing can be begun either. */
  function reportFile(error: unknown): void {
    log.error(`The queue cannot be written to disk: ${toAppError(error).message}`);
  }

  /** Claims everything that may run now. It begins when that is committed, not before. */
  function claimAll(): readonly Run[] {
    if (!isOn) return [];
    const claimed: Run[] = [];
    store.releaseDue(clock.now());
    while (countRuns("file") < settings().maxTransfers) {
      const run = claimNextFile();
      if (run === null) break;
      claimed.push(run);
    }
    // One folder per site beside them: what it finds can be transferred while it is still being read.
    for (const site of awakeSites("folder")) {
      const run = isExpanding(site) ? null : claimNext(site, "folder");
      if (run !== null) claimed.push(run);
    }
    return claimed;
  }

  /** Sites take turns, so that a big drop to one does not keep the others waiting. */
  function claimNextFile(): Run | null {
    const sites = awakeSites("file");
    const inTurn = [...sites.filter(({ no }) => no > lastSiteNo), ...sites.filter(({ no }) => no <= lastSiteNo)];
    for (const site of inTurn) {
      const run = claimNext(site, "file");
      if (run === null) continue;
      lastSiteNo = site.no;
      return run;
    }
    return null;
  }

  function claimNext(site: SiteKey, kind: TransferKind): Run | null {
    for (;;) {
      const row = store.nextQueued(site.no, kind, [...runs.keys(), ...blocked]);
      if (row === null) return null;
      const target = `${row.direction} ${row.siteId} ${targetPathOf(row)}`;
      const isTaken = [...runs.values()].some((run) => run.target === target);
      if (isTaken) blocked.add(row.id);
      else if (store.apply(row.id, "claim", { startedMs: row.startedMs ?? clock.now() })) {
        const { promise: ended, resolve } = Promise.withResolvers<void>();
        const run: Run = { row, target, controller: new AbortController(), ended, resolve };
        runs.set(row.id, run);
        return run;
      }
    }
  }

  function begin({ row, controller, resolve }: Run): void {
    parts.onChanged();
    run(row, controller.signal)
      .catch((error: unknown) => {
        runs.delete(row.id); // the row says "running" until the next start takes it up again
        reportFile(error);
      })
      .finally(resolve);
  }

  async function run(row: TransferRow, signal: AbortSignal): Promise<void> {
    const lease = async (until: AbortSignal) => {
      const held = await parts.lease(row.siteId, until);
      noteReached(row.siteId);
      return held;
    };
    const targets = targetsFor(row.siteId);
    if (row.kind === "folder") {
      const toWire = (text: string) => parts.toWire(row.siteId, text);
      const openPlace = (source: string, target: string) => openChildren(row, store.openPlace(row, source, target));
      const outcome = await expandFolder(row, { lease, targets, platform: parts.platform, toWire, openPlace }, signal);
      return end(row, outcome, signal);
    }
    progress.begin(row.id, row.direction, row.size, row.bytesDone);
    let checkpointAtMs = clock.now() + checkpointMs;
    const isText = goesAsText(row, settings());
    const rule = parts.rules.ruleFor(row);
    const tryParts = {
      isText,
      lease,
      targets,
      places,
      rule: rule.action,
      settings: settings(),
      displayPath: (path: string) => parts.displayPath(row.siteId, path),
      begin: (facts: Parameters<QueueStore["begin"]>[1]) => {
        store.begin(row.id, facts, isText);
        progress.setSize(row.id, facts.size);
      },
      onBytesDone: (bytesDone: number) => {
        progress.setBytesDone(row.id, bytesDone);
        if (clock.now() < checkpointAtMs) return;
        checkpointAtMs = clock.now() + checkpointMs;
        store.checkpoint(row.id, bytesDone);
      },
    };
    const outcome = await tryTransfer(row, tryParts, signal);
    progress.end(row.id);
    end(row, outcome, signal, rule.by);
  }

  function noteReached(siteId: string): void {
    if (!outages.noteReached(siteId)) return;
    parts.onChanged();
    wake();
  }

  function openChildren(folder: TransferRow, placeId: number) {
    return {
      names: () => store.namesIn(placeId),
      add: (children: Parameters<QueueStore["addChildren"]>[2]) => {
        store.addChildren(folder, placeId, children, clock.now());
        parts.onChanged();
        wake();
      },
    };
  }

  function end(row: TransferRow, outcome: Outcome, signal: AbortSignal, rule: string | null = null): void {
    runs.delete(row.id);
    blocked.clear();
    const { tell, claimed } = commit(() => ({ tell: settle(row, outcome, signal, rule), claimed: claimAll() }));
    tell();
    if (runs.size === 0) parts.onSettled();
    else parts.onChanged();
    for (const next of claimed) begin(next);
    setAlarm();
  }

  /**
   * Writes down how a try ended, and returns what others are to be told. Where the row says that somebody else has decided meanwhile
   * (paused, cancelled), `apply` changes nothing.
   */
  function settle(row: TransferRow, outcome: Outcome, signal: AbortSignal, rule: string | null): () => void {
    const finishedMs = clock.now();
    switch (outcome.type) {
      case "done":
        store.apply(row.id, "succeed", { ...settled, bytesDone: outcome.bytesDone, finishedMs });
        return () => {
          parts.onTargetChanged(changeOf(row));
          if (row.kind === "file" && row.direction === "upload") parts.onSourceDone(localPathOf(row));
        };
      case "skipped":
        store.apply(row.id, "skip", {
          ...settled,
          skipped: outcome.reason,
          skippedBy: outcome.reason === "user" ? rule : null,
          finishedMs,
        });
        return () => {
          if (row.direction === "upload") parts.onSourceDone(localPathOf(row));
        };
      case "conflict": {
        const isWaiting = store.apply(row.id, "ask", { decision: null });
        return () => {
          if (isWaiting) parts.questions.open(row, outcome.question);
        };
      }
      case "failed":
        if (signal.aborted) stop(row, outcome.bytesDone);
        else fail(row, outcome);
        return () => {};
    }
  }

  function stop(row: TransferRow, bytesDone: number): void {
    const isMine = store.apply(row.id, "interrupt", { bytesDone });
    if (!isMine && row.kind === "file") store.checkpoint(row.id, bytesDone);
  }

  function fail(row: TransferRow, { error, phase, bytesDone }: Outcome & { type: "failed" }): void {
    const { maxRetries, retryDelayMs } = settings();
    const movedBytes = bytesDone > row.bytesDone;
    const { attempts } = row;
    const decision = decideRetry({ kind: error.kind, phase, attempts, movedBytes, maxRetries, retryDelayMs });
    const why = { kind: error.kind, text: textOf(error) };
    const change = { bytesDone, attempts: decision.attempts, error: why };
    log.error(`${parts.displayPath(row.siteId, remotePathOf(row))}: ${textOf(error)}`);
    if (decision.do === "give-up") {
      store.apply(row.id, "giveUp", { ...change, finishedMs: clock.now() });
      if (phase === "lease" && concernsWholeSite(error.kind)) failSite(row, error);
      return;
    }
    const waitsForSite = decision.do === "wait-for-site";
    const retryAtMs = waitsForSite ? outages.note(row.siteId, why) : clock.now() + decision.delayMs;
    store.apply(row.id, "backOff", { ...change, retryAtMs });
  }

  function failSite({ siteNo }: TransferRow, error: AppError): void {
    const change = { error: { kind: error.kind, text: textOf(error) }, finishedMs: clock.now() };
    const next = (after: number) => store.selectIds({ siteNo }, ["queued"], after, failedAtOnce);
    for (let ids = next(0); ids.length > 0; ids = next(ids.at(-1) ?? 0)) store.applyAll(ids, "giveUp", change);
  }

  function targetsFor(siteId: string): TargetFolders {
    const known = targetsOfSite.get(siteId) ?? rememberTargetFolders(clock);
    targetsOfSite.set(siteId, known);
    return known;
  }

  function awakeSites(kind: TransferKind): readonly SiteKey[] {
    return store.sitesWithQueued(kind).filter(({ id }) => outages.mayBegin(id, countRunsOf(id)));
  }

  function countRunsOf(siteId: string): number {
    let count = 0;
    for (const { row } of runs.values()) if (row.siteId === siteId) count += 1;
    return count;
  }

  function countRuns(kind: TransferKind): number {
    let count = 0;
    for (const { row } of runs.values()) if (row.kind === kind) count += 1;
    return count;
  }

  function isExpanding(site: SiteKey): boolean {
    return [...runs.values()].some(({ row }) => row.kind === "folder" && row.siteNo === site.no);
  }

  /** Wakes for the earliest of what waits for time to pass; no timer when nothing does. */
  function setAlarm(): void {
    if (!isOn) return;
    const due = [store.nextDueMs(), outages.nextTryMs()].filter((atMs) => atMs !== null);
    alarm.set(due.length === 0 ? null : Math.min(...due));
  }

  async function abort(which: readonly Run[]): Promise<void> {
    for (const { controller } of which) controller.abort();
    await Promise.all(which.map(({ ended }) => ended));
  }

  return {
    start: () => {
      isOn = true;
      wake();
    },
    wake,
    dropStale: () => abort([...runs.values()].filter(({ row }) => store.stateOf(row.id) !== "running")),
    halt: async () => {
      isOn = false;
      alarm.set(null);
      await abort([...runs.values()]);
    },
    tryNow,
  };
}

/** What an ended transfer no longer needs to remember. */
const settled = { error: null, retryAtMs: null, attempts: 0, partName: null, decision: null } as const;

function changeOf(row: TransferRow): TargetChange {
  const remote = parentOfRemote(remotePathOf(row)) ?? "/";
  const isUpload = row.direction === "upload";
  return { side: isUpload ? "remote" : "local", siteId: row.siteId, folder: isUpload ? remote : row.targetFolder };
}

/** The server's own sentence where it said one. */
function textOf({ reply, message }: AppError): string {
  return reply === undefined ? message : `${reply.code} ${reply.text}`;
}
