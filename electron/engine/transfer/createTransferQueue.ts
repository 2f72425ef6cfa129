import type { ImportResult } from "../../../shared/contract/exchange.ts";
import type { QueueSelection } from "../../../shared/contract/queue.ts";
import { toAppError } from "../../../shared/errors/appError.ts";
import type { Plan, PlannedTransfer } from "../../../shared/models/plan.ts";
import type { Priority } from "../../../shared/models/priority.ts";
import type { MoveTarget, QueueEnds, QueueHolds } from "../../../shared/models/queueControl.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { Site, SiteSettings } from "../../../shared/models/site.ts";
import type { ProgressBatch, QueueSummary } from "../../../shared/models/transfer.ts";
import { namePlatformOf } from "../local/localNames.ts";
import type { MappedNames } from "../local/mappedNames.ts";
import type { WholeFileDisk } from "../local/wholeFileDisk.ts";
import type { Ask, Clock, SessionLog } from "../ports.ts";
import type { LeaseSession } from "../sessions/lease.ts";
import type { LeaseSpareSession } from "./download/fetchSegments.ts";
import type { Digests } from "./evidence/digests.ts";
import { createReceipts, type Receipts } from "./evidence/receipts.ts";
import { type ExportedPiece, type ExportRequest, exportQueue } from "./exchange/exportQueue.ts";
import { importQueue } from "./exchange/importQueue.ts";
import { keepFoundLists } from "./find/foundLists.ts";
import { overFound } from "./find/overFound.ts";
import { openRowFinder } from "./find/rowFinder.ts";
import { arrangeQueue } from "./order/arrangeQueue.ts";
import { createPlanner } from "./plan/planner.ts";
import { keepPlans, type Plans, planOfDrop } from "./plan/plans.ts";
import { describePlan, describePlanHeads, type PlanRange, readPlanWindow } from "./plan/planViews.ts";
import { keepConflictRules } from "./policies/conflictRules.ts";
import { openQuestions } from "./questions.ts";
import { noticeQueueEnds } from "./queueEnds.ts";
import { type AddInput, createQueueService, discardParts } from "./queueService.ts";
import { createScheduler } from "./scheduler.ts";
import type { TargetChange } from "./settleTry.ts";
import { openQueueStore } from "./store/queueStore.ts";
import { localPathOf } from "./transferRow.ts";
import { createRemoteParts } from "./upload/remoteParts.ts";
import type { RenameMemory } from "./upload/temporaryNames.ts";
import { type BatchRange, type BatchWindow, watchBatches } from "./views/batchViews.ts";
import { createProgressHub } from "./views/progressHub.ts";
import { bytesIn, createQueueViews, type QueueWindow, type WindowRange } from "./views/queueViews.ts";
import { keepOutages } from "./waiting/outages.ts";
import { keepStartTimes } from "./waiting/startTimes.ts";

export type TransferQueueParts = {
  /** The queue's own SQLite file. */
  readonly file: string;
  readonly clock: Clock;
  readonly lease: LeaseSession;
  /** Sessions more for large downloads of a site; null: they come over one. */
  readonly sparesOf: (siteId: string) => LeaseSpareSession | null;
  readonly disk: WholeFileDisk;
  readonly digests: Digests;
  readonly mappedNames: MappedNames;
  readonly ask: Ask;
  readonly settings: {
    readonly get: () => Settings;
    readonly change: (changes: Partial<Settings>) => void;
    readonly watch: (changed: () => void) => () => void;
  };
  /** The site's name, or what is left to show when the site is gone. */
  readonly siteName: (siteId: string) => string;
  /** A wire path of a site for people. */
  readonly displayPath: (siteId: string, wirePath: string) => string;
  /** Text as a wire name of a site: in the encoding of its session, else UTF-8. */
  readonly toWire: (siteId: string, text: string) => string;
  /** What a site wants of its transfers. */
  readonly wishesOf: (siteId: string) => Pick<SiteSettings, "evidence" | "uploadsUnderTemporaryName">;
  /** What the site's server does with renaming. */
  readonly renamesOf: (siteId: string) => RenameMemory;
  /** A transfer has put something into this folder. */
  readonly onTargetChanged: (change: TargetChange) => void;
  /** An upload's source is needed no more (staged files can be deleted). */
  readonly onSourceDone: (localPath: string) => void;
  /** An upload has been taken out of the queue before it was made. */
  readonly onSourceRemoved: (localPath: string) => void;
  /** The last transfer has ended by itself. */
  readonly onEnd: () => void;
  /** A transfer has lost its line to this site. */
  readonly onLineBroken: (siteId: string) => void;
  readonly log: SessionLog;
};

export type TransferQueue = {
  /** `plansFirst`: it waits as a plan; undefined: as the settings say. */
  readonly add: (input: Omit<AddInput, "plan"> & { readonly plansFirst?: boolean | undefined }) => {
    readonly batchId: number;
    readonly added: number;
  };
  readonly plans: Pick<Plans, "choose" | "start" | "discard">;
  /** null: there is no such plan any more. */
  readonly watchPlan: (batchId: number, emit: (news: { readonly plan: Plan | null }) => void) => () => void;
  readonly watchPlanWindow: (range: PlanRange, emit: (window: PlanWindow) => void) => () => void;
  readonly watchWindow: (range: WindowRange, emit: (window: QueueWindow) => void) => () => void;
  readonly watchBatches: (range: BatchRange, emit: (window: BatchWindow) => void) => () => void;
  readonly watchSummary: (emit: (summary: QueueSummary) => void) => () => void;
  readonly watchProgress: (emit: (batch: ProgressBatch) => void) => () => void;
  readonly setProcessing: (isProcessing: boolean) => Promise<void>;
  readonly pause: (selection: QueueSelection) => Promise<void>;
  readonly resume: (selection: QueueSelection) => Promise<void>;
  readonly cancel: (selection: QueueSelection) => Promise<void>;
  readonly retry: (selection: QueueSelection) => Promise<void>;
  /** What waits only for time to pass begins at once. */
  readonly tryNow: () => void;
  readonly remove: (selection: QueueSelection) => Promise<void>;
  /** The next piece of a file with a tab's transfers; `siteOf` gives null for a site that is gone. */
  readonly exportPiece: (request: ExportRequest, siteOf: (siteId: string) => Site | null) => ExportedPiece;
  /** Adds what a file tells; `siteFor` finds or makes the sites it means. Rejects as reading a file does, and with `cancelled`. */
  readonly importFile: (
    path: string,
    siteFor: (settings: SiteSettings) => Promise<string>,
    signal: AbortSignal,
  ) => Promise<ImportResult>;
  readonly setPriority: (selection: QueueSelection, change: Priority | "raise" | "lower") => Promise<void>;
  readonly move: (selection: QueueSelection, target: MoveTarget) => Promise<void>;
  readonly startAt: (batchId: number | null, atMs: number | null) => Promise<void>;
  readonly watchHolds: (emit: (holds: QueueHolds) => void) => () => void;
  readonly watchEnds: (emit: (ends: QueueEnds) => void) => () => void;
  readonly receipts: Receipts;
  /** Names are read in another way than before. */
  readonly noteNames: () => void;
  /** True while an upload that is not done yet reads from this local folder or below it: staged files of others can be deleted. */
  readonly readsBelow: (folder: string) => boolean;
  /** True while transfers of this site wait, run or could be tried again. */
  readonly needsSite: (siteId: string) => boolean;
  /** Takes up what ran when Portside ended, and begins, unless the user had stopped the queue. */
  readonly start: () => Promise<void>;
  /** Stops what runs, waits for it, leaves the rows queued. */
  readonly close: () => Promise<void>;
};

export type PlanWindow = { readonly revision: number; readonly total: number; readonly rows: PlannedTransfer[] };

/** The transfer queue, put together. Nothing runs before `start`. */
export function createTransferQueue(parts: TransferQueueParts): TransferQueue {
  const { clock, ask, settings, displayPath, toWire } = parts;
  const platform = namePlatformOf(process.platform);
  const store = openQueueStore(parts.file);
  const rules = keepConflictRules({ settings: settings.get, now: clock.now, displayPath });
  const retryDelayMs = () => settings.get().retryDelayMs;
  const outages = keepOutages({ now: clock.now, retryDelayMs, random: Math.random });
  const finder = openRowFinder(parts.file);
  const siteIds = () => sortByName(store.siteIds(), parts.siteName);
  const lists = keepFoundLists({ finder, clock, siteIds });
  const planHeads = () => describePlanHeads(planView);
  const views = createQueueViews({ store, lists, clock, outages, siteName: parts.siteName, displayPath, planHeads });
  const bytesWaiting = () => bytesIn(store.counts(), ["queued", "waiting", "backoff"]);
  const progress = createProgressHub(clock, bytesWaiting);
  const questions = openQuestions({
    store,
    ask,
    rules,
    setForAlways: (direction, action) =>
      settings.change(direction === "upload" ? { uploadConflict: action } : { downloadConflict: action }),
    now: clock.now,
    toWire,
    onSkipped: (row) => {
      if (row.direction === "upload") parts.onSourceDone(localPathOf(row));
    },
    onAnswered: () => {
      views.changed();
      scheduler.wake();
      ends.look(); // the last one may have been skipped
    },
  });
  const ends = noticeQueueEnds({ counts: store.counts, onEnd: parts.onEnd });
  const scheduler = createScheduler({
    ...parts,
    store,
    settings: settings.get,
    rules,
    questions,
    outages,
    progress,
    platform,
    onChanged: views.changed,
    onSettled: (hasEnded) => {
      views.settled();
      if (hasEnded) ends.look();
    },
  });
  const receipts = createReceipts({ ...parts, store: store.receipts, now: clock.now, onChanged: views.changed });
  const remoteParts = createRemoteParts({ ...parts, store });
  const service = createQueueService({
    store,
    remoteParts,
    scheduler,
    questions,
    now: clock.now,
    platform,
    mappedNames: parts.mappedNames,
    toWire,
    onChanged: views.changed,
    onSourceRemoved: parts.onSourceRemoved,
  });
  const planner = createPlanner({
    ...parts,
    store,
    rules,
    platform,
    settings: settings.get,
    now: clock.now,
    onChanged: views.changed,
    onComplete: (batch) => plans.complete(batch),
  });
  const planView = { store, planner, siteName: parts.siteName, displayPath };
  const plans = keepPlans({
    ...parts,
    store,
    planner,
    service,
    scheduler,
    now: clock.now,
    planAboveFiles: () => settings.get().planAboveFiles,
    onChanged: views.changed,
  });
  const startTimes = keepStartTimes({
    holds: store.holds,
    clock,
    begin: ({ batch }) => (batch === null ? service.setProcessing(true) : service.resume({ batchId: batch.id })),
    onError: (error) => parts.log.error(`A planned start has failed: ${toAppError(error).message}`),
  });
  const order = arrangeQueue({ store, onChanged: views.changed });
  const unwatchSettings = settings.watch(scheduler.wake);

  return {
    ...service,
    add: ({ plansFirst, ...drop }) => {
      const plan = planOfDrop(drop.sources, plansFirst, settings.get().planAboveFiles);
      const added = service.add({ ...drop, plan });
      if (plan !== null) plans.look();
      return added;
    },
    plans,
    watchPlan: (batchId, emit) => {
      planner.refreshSpace(batchId);
      return views.watch(() => ({ plan: describePlan(batchId, planView) }), emit);
    },
    watchPlanWindow: (range, emit) => {
      let revision = 0;
      return views.watch(
        () => readPlanWindow(range, planView),
        (window) => emit({ revision: ++revision, ...window }),
      );
    },
    pause: overFound(lists, service.pause),
    resume: overFound(lists, service.resume),
    cancel: overFound(lists, async (selection) => {
      await service.cancel(selection);
      plans.look(); // one that nothing is left of is none
    }),
    retry: overFound(lists, service.retry),
    remove: overFound(lists, service.remove),
    setPriority: (selection, change) => overFound(lists, (one) => order.setPriority(one, change))(selection),
    move: (selection, target) => overFound(lists, (one) => order.move(one, target))(selection),
    startAt: async (batchId, atMs) => {
      await service.startAt(batchId, atMs);
      startTimes.look();
    },
    watchHolds: views.watchHolds,
    watchEnds: ends.watch,
    receipts,
    readsBelow: store.readsBelow,
    needsSite: store.needsSite,
    watchWindow: views.watchWindow,
    watchBatches: (range, emit) => watchBatches({ store, clock, siteName: parts.siteName, displayPath }, range, emit),
    watchSummary: views.watchSummary,
    watchProgress: progress.watch,
    exportPiece: (request, siteOf) =>
      exportQueue(request, { store: store.exchange, siteOf, displayPath, settings: settings.get }),
    importFile: (path, siteFor, signal) => {
      const onAdded = () => {
        views.changed();
        scheduler.wake();
      };
      return importQueue(path, { store: store.exchange, siteFor, toWire, now: clock.now, onAdded }, signal);
    },
    noteNames: views.changed,
    start: async () => {
      store.recover();
      await discardParts(
        { store, remoteParts },
        // A server is asked only where something else will be asked of it anyway.
        store
          .abandonedParts()
          .flatMap(({ id, direction, siteId }) => (direction === "download" || store.needsSite(siteId) ? [id] : [])),
      );
      views.changed();
      if (store.isProcessing()) scheduler.start();
      plans.look();
      startTimes.look();
    },
    close: async () => {
      unwatchSettings();
      startTimes.close();
      await planner.close();
      await scheduler.halt();
      await questions.close();
      await remoteParts.close();
      store.recover();
      views.close();
      lists.close();
      await finder.close();
      progress.close();
      store.close();
    },
  };
}

function sortByName(siteIds: readonly string[], nameOf: (siteId: string) => string): string[] {
  return siteIds.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
}
