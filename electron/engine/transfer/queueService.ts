import { dirname, join } from "node:path";
import type { QueueSelection, TransferSource } from "../../../shared/contract/queue.ts";
import { AppError } from "../../../shared/errors/appError.ts";
import { baseNameOfRemote, parentOfRemote } from "../../../shared/models/remotePath.ts";
import type { TransferType } from "../../../shared/models/settings.ts";
import { type Direction, transferStateSchema } from "../../../shared/models/transfer.ts";
import { freeNameAmong, type NamePlatform, nameKey, toLocalName } from "../local/localNames.ts";
import type { MappedNames } from "../local/mappedNames.ts";
import { discardPartialFile, localPathIn } from "../local/partialFile.ts";
import type { Questions } from "./questions.ts";
import type { Scheduler } from "./scheduler.ts";
import type { NewTransfer } from "./store/arrivals.ts";
import type { QueueStore } from "./store/queueStore.ts";
import type { RowChange } from "./store/rowChange.ts";
import { forEachStep } from "./store/rowSteps.ts";
import { type TransferEvent, transferLife } from "./transferLife.ts";
import type { TransferRow } from "./transferRow.ts";
import type { RemoteParts } from "./upload/remoteParts.ts";

/** One drop: what lies at `sources` goes into the folder `targetPath` on the other side. */
export type AddInput = {
  readonly siteId: string;
  readonly direction: Direction;
  readonly sources: readonly TransferSource[];
  /** Local path for a download, wire path for an upload. */
  readonly targetPath: string;
  /** Instead of the setting. */
  readonly transferType?: TransferType | undefined;
  /** It waits as a plan. "automatic": until it is known to be small. */
  readonly plan?: "asked" | "automatic" | null;
};

export type QueueServiceParts = {
  readonly store: QueueStore;
  readonly scheduler: Scheduler;
  readonly questions: Questions;
  readonly remoteParts: RemoteParts;
  readonly now: () => number;
  readonly platform: NamePlatform;
  readonly mappedNames: MappedNames;
  readonly toWire: (siteId: string, text: string) => string;
  readonly onChanged: () => void;
  /** An upload that has not been made reads from here no more. */
  readonly onSourceRemoved: (localPath: string) => void;
};

export type QueueService = ReturnType<typeof createQueueService>;

/** What users do to the queue. Changes of many rows are steps of set-based SQL; a million rows are never loaded. */
export function createQueueService(parts: QueueServiceParts) {
  const { store, scheduler, questions, now, onChanged, onSourceRemoved } = parts;

  async function changeAll(selection: QueueSelection, event: TransferEvent, change: RowChange = {}): Promise<void> {
    await forEachStep(store, selection, transferLife[event].from, (ids) => {
      store.applyAll(ids, event, change);
      onChanged();
    });
  }

  /** Rows that were just changed may still be moving bytes or asking: resolves when they do no longer. */
  async function settle(): Promise<void> {
    await Promise.all([scheduler.dropStale(), questions.dropStale()]);
    onChanged();
    scheduler.wake();
  }

  async function cancelRows(selection: QueueSelection): Promise<void> {
    await changeAll(selection, "cancel", { finishedMs: now(), retryAtMs: null });
    await settle();
  }

  /** Resolves when the bytes of what was paused stand still. What is added for a paused site arrives paused. */
  async function pause(selection: QueueSelection): Promise<void> {
    if ("siteId" in selection) store.holds.setSitePaused(selection.siteId, true);
    await changeAll(selection, "pause", { retryAtMs: null });
    await settle();
  }

  /** Stopping returns what runs to the queue; resolves when its bytes stand still. Starting waits for no time any more. */
  async function setProcessing(isProcessing: boolean): Promise<void> {
    store.setProcessing(isProcessing);
    if (isProcessing) {
      store.holds.setStart(null, null);
      scheduler.start();
    } else await scheduler.halt();
    onChanged();
  }

  return {
    /** Returns when the rows are committed. Sources that lie in one folder keep their order. */
    add({ siteId, direction, sources, targetPath, transferType, plan = null }: AddInput): {
      readonly batchId: number;
      readonly added: number;
    } {
      const nameOf = chooseTargetNames({ siteId, direction, targetPath }, parts);
      const places = new Map<string, NewTransfer[]>();
      for (const source of sources) {
        const { folder, name } = splitSource(direction, source.path);
        const transfers = places.get(folder) ?? [];
        places.set(folder, transfers);
        transfers.push(toTransfer(source, name, nameOf(source)));
      }
      const result = store.addBatch({
        siteId,
        direction,
        root: targetPath,
        transferType,
        plan,
        nowMs: now(),
        places,
      });
      onChanged();
      scheduler.wake();
      return result;
    },

    pause,

    /** What was to start at a time does so now. Its rows go first: a process killed between the two starts them at their time. */
    async resume(selection: QueueSelection): Promise<void> {
      resumeSites(store.holds, selection);
      await changeAll(selection, "resume", { attempts: 0 });
      forgetStarts(store.holds, selection);
      await settle();
      scheduler.tryNow();
    },

    async cancel(selection: QueueSelection): Promise<void> {
      const ids: number[] = [];
      await forEachStep(store, selection, transferLife.cancel.from, (step) => {
        for (const { id } of store.rowsWithPart(step)) ids.push(id);
        store.applyAll(step, "cancel", { finishedMs: now(), retryAtMs: null });
        onChanged();
      });
      forgetStarts(store.holds, selection); // nothing is left to start
      await settle();
      await discardParts(parts, ids);
    },

    async retry(selection: QueueSelection): Promise<void> {
      await changeAll(selection, "retry", { attempts: 0, error: null, finishedMs: null });
      await settle();
      scheduler.tryNow();
    },

    /** Sites that rest, and tries that wait, begin at once. */
    tryNow: scheduler.tryNow,

    /** What runs is cancelled first; unfinished downloads of the removed rows are deleted. */
    async remove(selection: QueueSelection): Promise<void> {
      const removed: (readonly number[])[] = []; // once they are cancelled the selection may not know them any more
      await forEachStep(store, selection, transferStateSchema.options, (ids) => {
        removed.push(ids);
      });
      for (const ids of removed) {
        await cancelRows({ ids: [...ids] });
        await forEachStep(store, { ids: [...ids] }, transferStateSchema.options, async (step) => {
          await discardParts(parts, step);
          const sources = store.unsentSources(step);
          store.deleteEnded(step);
          for (const { folder, name } of sources) onSourceRemoved(join(folder, name));
          onChanged();
        });
      }
      store.tidy();
      onChanged();
    },

    /** Pauses a drop, or stops the whole queue (`batchId` null), until then; `atMs` null: until it is resumed. */
    async startAt(batchId: number | null, atMs: number | null): Promise<void> {
      store.holds.setStart(batchId, atMs);
      onChanged();
      if (atMs === null) return;
      if (batchId === null) await setProcessing(false);
      else await pause({ batchId });
    },

    setProcessing,
  };
}

function resumeSites(holds: QueueStore["holds"], selection: QueueSelection): void {
  if ("siteId" in selection) holds.setSitePaused(selection.siteId, false);
  else if ("filter" in selection) holds.resumeSites();
}

function forgetStarts(holds: QueueStore["holds"], selection: QueueSelection): void {
  if ("batchId" in selection) holds.setStart(selection.batchId, null);
  else if ("siteId" in selection) holds.forgetStarts(selection.siteId);
  else if ("filter" in selection) holds.forgetStarts(null);
}

/**
 * Deletes the unfinished downloads of rows, then forgets them: in this order a killed process leaves a record, not a stray file. Unfinished
 * uploads go the same way, as soon as their server can be asked.
 */
export async function discardParts(
  { store, remoteParts }: Pick<QueueServiceParts, "store" | "remoteParts">,
  ids: readonly number[],
): Promise<void> {
  const { download = [], upload = [] } = Object.groupBy(store.rowsWithPart(ids), ({ direction }) => direction);
  remoteParts.discard(upload);
  await Promise.all(download.map(discardPart));
  store.forgetParts(download.map(({ id }) => id));
}

async function discardPart({ targetFolder, targetName, partName, begun }: TransferRow): Promise<void> {
  if (partName === null) return;
  const ownName = begun === "continued" ? targetName : null;
  await discardPartialFile(targetFolder, partName, ownName).catch(() => undefined); // its folder may be gone with it
}

function splitSource(direction: Direction, path: string): { readonly folder: string; readonly name: string } {
  if (direction === "download") return namedOrRefused(path, parentOfRemote(path) ?? "/", baseNameOfRemote(path));
  const folder = dirname(path);
  return namedOrRefused(path, folder, path.slice(folder.length).replace(/^[/\\]/, ""));
}

function namedOrRefused(path: string, folder: string, name: string) {
  if (name === "")
    throw new AppError("invalid-input", "The top of a file system cannot be transferred as one", { path });
  return { folder, name };
}

function toTransfer({ type, size, modifiedMs }: TransferSource, sourceName: string, targetName: string): NewTransfer {
  const named = { sourceName, targetName };
  const unknown = { size: null, modifiedMs: null, precision: "second" } as const;
  switch (type) {
    case "directory":
      return { kind: "folder", ...named, ...unknown };
    case "symlink":
      return { kind: "file", ...named, ...unknown };
    case "other":
      return { kind: "file", ...named, ...unknown, skipped: "special-file" };
    case "file":
      return { kind: "file", ...named, size, modifiedMs, precision: isVague(modifiedMs) ? "minute" : "second" };
  }
}

/** A drop does not tell how exact its times are. One in sixty exact times looks vague and is asked for once more than needed. */
function isVague(modifiedMs: number | null): boolean {
  return modifiedMs === null || modifiedMs % 60_000 === 0;
}

/** A name for each source of a drop: no two alike, for the second would replace the first. */
function chooseTargetNames(
  { siteId, direction, targetPath }: Pick<AddInput, "siteId" | "direction" | "targetPath">,
  { platform, mappedNames, toWire }: QueueServiceParts,
) {
  const taken = new Set<string>();
  /** A server may keep "A" and "a" apart: what is dropped together is only numbered when it is the same. */
  const keyOf = (name: string) => (direction === "upload" ? name : nameKey(name, platform));
  const free = (wanted: string): string => {
    const name = freeNameAmong(wanted, (candidate) => taken.has(keyOf(candidate)));
    taken.add(keyOf(name));
    return name;
  };
  return ({ path, name }: Pick<TransferSource, "path" | "name">): string => {
    if (direction === "upload") return toWire(siteId, free(mappedNames.recall(path) ?? name));
    const local = free(toLocalName(name, platform));
    if (local !== name) mappedNames.note(localPathIn(targetPath, local), name);
    return local;
  };
}
