import type { QueueSelection } from "../../../shared/contract/queue.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { SiteSettings } from "../../../shared/models/site.ts";
import type { ProgressBatch, QueueSummary } from "../../../shared/models/transfer.ts";
import { namePlatformOf } from "../local/localNames.ts";
import type { WholeFileDisk } from "../local/wholeFileDisk.ts";
import type { Ask, Clock, SessionLog } from "../ports.ts";
import type { LeaseSession } from "../sessions/lease.ts";
import { keepConflictRules } from "./conflictRules.ts";
import type { LeaseSpareSession } from "./fetchSegments.ts";
import { createProgressHub } from "./progressHub.ts";
import { openQuestions } from "./questions.ts";
import { type AddInput, createQueueService, discardParts } from "./queueService.ts";
import { openQueueStore } from "./queueStore.ts";
import { bytesIn, createQueueViews, type QueueWindow, type WindowRange } from "./queueViews.ts";
import { createReceipts, type Receipts } from "./receipts.ts";
import { createRemoteParts } from "./remoteParts.ts";
import { createScheduler } from "./scheduler.ts";
import type { TargetChange } from "./settleTry.ts";
import type { RenameMemory } from "./temporaryNames.ts";
import { localPathOf } from "./transferRow.ts";

export type TransferQueueParts = {
  /** The queue's own SQLite file. */
  readonly file: string;
  readonly clock: Clock;
  readonly lease: LeaseSession;
  /** Sessions more for large downloads of a site; null: they come over one. */
  readonly sparesOf: (siteId: string) => LeaseSpareSession | null;
  readonly disk: WholeFileDisk;
  readonly ask: Ask;
  readonly settings: { readonly get: () => Settings; readonly watch: (changed: () => void) => () => void };
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
  readonly log: SessionLog;
};

export type TransferQueue = {
  readonly add: (input: AddInput) => { readonly batchId: number; readonly added: number };
  readonly watchWindow: (range: WindowRange, emit: (window: QueueWindow) => void) => () => void;
  readonly watchSummary: (emit: (summary: QueueSummary) => void) => () => void;
  readonly watchProgress: (emit: (batch: ProgressBatch) => void) => () => void;
  readonly setProcessing: (isProcessing: boolean) => Promise<void>;
  readonly pause: (selection: QueueSelection) => Promise<void>;
  readonly resume: (selection: QueueSelection) => Promise<void>;
  readonly cancel: (selection: QueueSelection) => Promise<void>;
  readonly retry: (selection: QueueSelection) => Promise<void>;
  readonly remove: (selection: QueueSelection) => Promise<void>;
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

/** The transfer queue, put together. Nothing runs before `start`. */
export function createTransferQueue(parts: TransferQueueParts): TransferQueue {
  const { clock, ask, settings, displayPath, toWire } = parts;
  const platform = namePlatformOf(process.platform);
  const store = openQueueStore(parts.file);
  const rules = keepConflictRules(settings.get);
  const views = createQueueViews({ store, clock, siteName: parts.siteName, displayPath });
  const bytesWaiting = () => bytesIn(store.counts(), ["queued", "waiting", "backoff"]);
  const progress = createProgressHub(clock, bytesWaiting);
  const questions = openQuestions({
    store,
    ask,
    rules,
    now: clock.now,
    toWire,
    onSkipped: (row) => {
      if (row.direction === "upload") parts.onSourceDone(localPathOf(row));
    },
    onAnswered: () => {
      views.changed();
      scheduler.wake();
    },
  });
  const scheduler = createScheduler({
    ...parts,
    store,
    settings: settings.get,
    rules,
    questions,
    progress,
    platform,
    onChanged: views.changed,
    onSettled: views.settled,
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
    toWire,
    onChanged: views.changed,
  });
  const unwatchSettings = settings.watch(scheduler.wake);

  return {
    ...service,
    receipts,
    readsBelow: store.readsBelow,
    needsSite: store.needsSite,
    watchWindow: views.watchWindow,
    watchSummary: views.watchSummary,
    watchProgress: progress.watch,
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
    },
    close: async () => {
      unwatchSettings();
      await scheduler.halt();
      await questions.close();
      await remoteParts.close();
      store.recover();
      views.close();
      progress.close();
      store.close();
    },
  };
}
