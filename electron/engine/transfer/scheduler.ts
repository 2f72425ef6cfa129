import { toAppError } from "../../../shared/errors/appError.ts";
import { automaticTransfers } from "../../../shared/models/settings.ts";
import type { SiteSettings } from "../../../shared/models/site.ts";
import type { TransferKind } from "../../../shared/models/transfer.ts";
import { rememberFolderPlaces } from "../local/folderPlaces.ts";
import type { NamePlatform } from "../local/localNames.ts";
import type { MappedNames } from "../local/mappedNames.ts";
import type { WholeFileDisk } from "../local/wholeFileDisk.ts";
import type { LeaseSession } from "../sessions/lease.ts";
import { throwIfCancelled } from "../util/cancel.ts";
import type { LeaseSpareSession } from "./download/fetchSegments.ts";
import { expandFolder } from "./expandFolder.ts";
import { keepPace } from "./pace.ts";
import { rememberReadyFolders } from "./plan/readyFolders.ts";
import type { ConflictRules } from "./policies/conflictRules.ts";
import { goesAsText } from "./policies/textFiles.ts";
import { createSettleTry, type SettleParts } from "./settleTry.ts";
import { sitesInTurn } from "./siteTurns.ts";
import type { BegunFacts, QueueStore, SiteKey } from "./store/queueStore.ts";
import type { Outcome } from "./transferOutcome.ts";
import { type TransferRow, targetPathOf } from "./transferRow.ts";
import { collectTurnCommits } from "./turnCommits.ts";
import { rememberMadeFolders } from "./upload/madeFolders.ts";
import { rememberTargetFolders, type TargetFolders } from "./upload/targetFolders.ts";
import { keepTemporaryNames, type RenameMemory, type TemporaryNames } from "./upload/temporaryNames.ts";
import type { ProgressHub } from "./views/progressHub.ts";
import { keepWaits } from "./waiting/waits.ts";
import { tryTransfer } from "./worker.ts";

export type SchedulerParts = SettleParts & {
  readonly lease: LeaseSession;
  /** Sessions more for large downloads of a site; null: they come over one. */
  readonly sparesOf: (siteId: string) => LeaseSpareSession | null;
  readonly rules: ConflictRules;
  readonly progress: ProgressHub;
  readonly disk: WholeFileDisk;
  readonly wishesOf: (siteId: string) => Pick<SiteSettings, "evidence" | "uploadsUnderTemporaryName">;
  readonly renamesOf: (siteId: string) => RenameMemory;
  readonly platform: NamePlatform;
  readonly mappedNames: MappedNames;
  readonly toWire: (siteId: string, text: string) => string;
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

type Run = {
  readonly row: TransferRow;
  readonly target: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  readonly resolve: () => void;
};

const checkpointMs = 1_000;
const fileRetryMs = 5_000;

export function createScheduler(parts: SchedulerParts): Scheduler {
  const { store, clock, settings, progress, log, outages } = parts;
  const runs = new Map<number, Run>();
  const places = rememberFolderPlaces(clock.now);
  const madeFolders = rememberMadeFolders();
  const readyFolders = rememberReadyFolders();
  const pace = keepPace(clock.now);
  const targetsOfSite = new Map<string, TargetFolders>();
  const waits = keepWaits({ clock, nextDueMs, ring: (hasLeapt) => (hasLeapt ? tryNow() : wake()) });
  const namesOfSite = new Map<string, TemporaryNames>();
  /** Rows whose target another transfer is writing to just now. */
  const blocked = new Set<number>();
  const settle = createSettleTry(parts, waits, pace);
  const turn = collectTurnCommits((changes) => {
    pace.review(countRuns("file"));
    const claimed = commit(() => {
      changes();
      return claimAll();
    });
    for (const next of claimed) begin(next);
    if (isOn) waits.keepAlarm();
  });
  let isOn = false;
  let lastSiteNo = 0;

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
    while (countRuns("file") < mostAtOnce()) {
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

  function mostAtOnce(): number {
    const { maxTransfers } = settings();
    return maxTransfers === automaticTransfers ? pace.limit() : maxTransfers;
  }

  function claimNextFile(): Run | null {
    const priorityOf = ({ no }: SiteKey) => store.order.priorityOfNext(no, "file");
    for (const site of sitesInTurn(awakeSites("file"), lastSiteNo, priorityOf)) {
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
      progress.setSession(row.id, held.session.label);
      return held;
    };
    const targets = targetsFor(row.siteId);
    if (row.kind === "folder") {
      const toWire = (text: string) => parts.toWire(row.siteId, text);
      const openPlace = (source: string, target: string) => openChildren(row, store.openPlace(row, source, target));
      const { platform, mappedNames } = parts;
      const memories = { targets, madeFolders, readyFolders };
      const outcome = await expandFolder(row, { lease, ...memories, platform, mappedNames, toWire, openPlace }, signal);
      return end(row, outcome, signal);
    }
    progress.begin(row.id, row.direction, row.size, row.bytesDone);
    let checkpointAtMs = clock.now() + checkpointMs;
    const isText = goesAsText(row, settings());
    const rule = parts.rules.ruleFor(row);
    let movedTo = row.bytesDone;
    const tryParts = {
      isText,
      lease,
      leaseSpare: parts.sparesOf(row.siteId),
      clock,
      targets,
      places,
      madeFolders,
      readyFolders,
      rule: rule.action,
      settings: settings(),
      displayPath: (path: string) => parts.displayPath(row.siteId, path),
      disk: parts.disk,
      evidence: parts.wishesOf(row.siteId).evidence,
      temporaryNames: temporaryNamesFor(row.siteId),
      say: log.status,
      begin: async (facts: BegunFacts) => {
        await turn.add(() => store.begin(row.id, facts, isText));
        throwIfCancelled(signal);
        progress.setSize(row.id, facts.size);
      },
      onBytesDone: (bytesDone: number) => {
        progress.setBytesDone(row.id, bytesDone);
        pace.noteMoved(bytesDone - movedTo);
        movedTo = bytesDone;
        if (clock.now() < checkpointAtMs) return;
        checkpointAtMs = clock.now() + checkpointMs;
        store.checkpoint(row.id, bytesDone);
        if (pace.review(countRuns("file"))) wake();
      },
    };
    const outcome = await tryTransfer(row, tryParts, signal);
    progress.end(row.id);
    return end(row, outcome, signal, rule.by);
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

  async function end(row: TransferRow, outcome: Outcome, signal: AbortSignal, rule: string | null = null) {
    const tell = await turn.add(() => {
      runs.delete(row.id);
      blocked.clear();
      return settle(row, outcome, signal, rule);
    });
    tell();
    if (runs.size === 0) parts.onSettled(!signal.aborted);
    else parts.onChanged();
  }

  function targetsFor(siteId: string): TargetFolders {
    const known = targetsOfSite.get(siteId) ?? rememberTargetFolders(clock);
    targetsOfSite.set(siteId, known);
    return known;
  }

  function temporaryNamesFor(siteId: string): TemporaryNames {
    const wish = () => parts.wishesOf(siteId).uploadsUnderTemporaryName;
    const known = namesOfSite.get(siteId) ?? keepTemporaryNames(parts.renamesOf(siteId), wish);
    namesOfSite.set(siteId, known);
    return known;
  }

  function awakeSites(kind: TransferKind): readonly SiteKey[] {
    return store.sitesWithQueued(kind).filter(({ id }) => outages.mayBegin(id, () => countRunsOf(id)));
  }

  function countRunsOf(siteId: string): number {
    let count = 0;
    for (const { row } of runs.values()) if (row.siteId === siteId) count += 1;
    return count;
  }

  /** When the first try falls due, or the first site has rested enough. */
  function nextDueMs(): number | null {
    const due = [store.nextDueMs(), outages.nextTryMs()].filter((atMs) => atMs !== null);
    return due.length === 0 ? null : Math.min(...due);
  }

  function countRuns(kind: TransferKind): number {
    let count = 0;
    for (const { row } of runs.values()) if (row.kind === kind) count += 1;
    return count;
  }

  function isExpanding(site: SiteKey): boolean {
    return [...runs.values()].some(({ row }) => row.kind === "folder" && row.siteNo === site.no);
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
      waits.stop();
      await abort([...runs.values()]);
    },
    tryNow,
  };
}
