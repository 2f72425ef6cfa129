import { mkdir } from "node:fs/promises";
import { basename, isAbsolute, relative, sep } from "node:path";
import type { LeftOutReason } from "../../../../shared/contract/exchange.ts";
import type { SiteSettings } from "../../../../shared/models/site.ts";
import {
  type BatchRecord,
  type PlaceRecord,
  type QueueRecord,
  remoteFolderSchema,
  type TransferRecord,
} from "../../exchange/queueRecord.ts";
import { throwIfCancelled } from "../../util/cancel.ts";
import type { ExchangeStore, ImportedPlace, ImportedTransfer } from "../store/exchangeStore.ts";

export type QueueFile = {
  readonly records: Iterable<QueueRecord> | AsyncIterable<QueueRecord>;
  /** Whether remote names are text or wire paths. */
  readonly names: "text" | "wire";
};

export type ImportParts = {
  readonly store: ExchangeStore;
  /** The site a file means: a known one, or one that is made of what the file says. */
  readonly siteFor: (settings: SiteSettings) => Promise<string>;
  readonly toWire: (siteId: string, text: string) => string;
  readonly now: () => number;
  /** Some rows are committed. */
  readonly onAdded: () => void;
};

/** What has become of a file's records. */
export type AddedRecords = {
  readonly added: number;
  /** How many sites got transfers. */
  readonly sites: number;
  readonly leftOut: { readonly reason: LeftOutReason; readonly count: number }[];
};

/**
 * Adds records as rows, step by step. A record that cannot live on this computer is counted with its reason; folders on this side are
 * made. Rejects with `cancelled`: what was added by then stays.
 */
export async function addRecords(
  { records, names }: QueueFile,
  parts: ImportParts,
  signal: AbortSignal,
): Promise<AddedRecords> {
  const { store, toWire } = parts;
  const sites = new Map<number, string>();
  const batches = new Map<number, KnownBatch>();
  const rowsOfBatches = new Map<number, { readonly batchId: number; readonly siteNo: number }>();
  const leftOut = new Map<LeftOutReason, number>();
  const sitesUsed = new Set<string>();
  let place: OpenPlace | LeftOutReason = "damaged"; // a transfer before any place
  let pending: ImportedTransfer[] = [];
  let added = 0;

  function leaveOut(reason: LeftOutReason): void {
    leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  }

  async function flush(): Promise<void> {
    if (typeof place === "string" || pending.length === 0) return;
    throwIfCancelled(signal);
    added += store.addImported(place, pending);
    sitesUsed.add(place.batch.siteId);
    pending = [];
    parts.onAdded();
    await new Promise(setImmediate);
  }

  function openPlace(batch: KnownBatch, sourceFolder: string, targetFolder: string): OpenPlace {
    const rows = rowsOfBatches.get(batch.key) ?? addBatch(batch);
    const placeId = store.addImportedPlace(rows.batchId, sourceFolder, targetFolder);
    return { ...rows, placeId, batch, sourceFolder, targetFolder, names: new Set() };
  }

  function addBatch(batch: KnownBatch) {
    const { siteId, direction, root, transferType = null, rule = null } = batch;
    const nowMs = parts.now();
    const wireRoot = direction === "upload" && names === "text" ? toWire(siteId, root) : root;
    const rows = store.addImportedBatch({ siteId, direction, root: wireRoot, transferType, rule, nowMs });
    rowsOfBatches.set(batch.key, rows);
    return rows;
  }

  async function findPlace({ batch: key, source, target }: PlaceRecord): Promise<OpenPlace | LeftOutReason> {
    const batch = batches.get(key);
    if (batch === undefined) return "damaged";
    const isDownload = batch.direction === "download";
    const local = isDownload ? target : source;
    const remote = names === "text" ? toWire(batch.siteId, isDownload ? source : target) : isDownload ? source : target;
    if (!isLocalFolder(local) || (isDownload && !isInside(batch.root, local))) return "local-path";
    if (!remoteFolderSchema.safeParse(remote).success) return "remote-path";
    if (isDownload) await makeFolder(local);
    return openPlace(batch, isDownload ? remote : local, isDownload ? local : remote);
  }

  async function addTransfer(record: TransferRecord): Promise<void> {
    if (typeof place === "string") return leaveOut(place);
    const { direction, siteId } = place.batch;
    const wire = (name: string) => (names === "text" ? toWire(siteId, name) : name);
    const target = record.target ?? record.source;
    const isDownload = direction === "download";
    const localName = isDownload ? target : record.source;
    if (basename(localName) !== localName) return leaveOut("local-path"); // "a\\b" is one name on Linux and two on Windows
    const sourceName = isDownload ? wire(record.source) : record.source;
    if (place.names.has(sourceName)) {
      // One file to two names: a place holds each source once.
      await flush();
      place = openPlace(place.batch, place.sourceFolder, place.targetFolder);
    }
    place.names.add(sourceName);
    pending.push(toRow(record, sourceName, isDownload ? target : wire(target)));
    if (pending.length >= rowsAtOnce) await flush();
  }

  for await (const record of records) {
    if ("transfer" in record) await addTransfer(record.transfer);
    else if ("place" in record) {
      await flush();
      place = await findPlace(record.place);
    } else if ("batch" in record) {
      const siteId = sites.get(record.batch.site);
      if (siteId !== undefined) batches.set(record.batch.key, { ...record.batch, siteId });
    } else if ("site" in record) {
      if (!sites.has(record.site.key)) sites.set(record.site.key, await parts.siteFor(record.site.settings));
    } else if ("makeFolder" in record) await makeFolder(record.makeFolder);
    else leaveOut(record.leftOut);
  }
  await flush();
  return { added, sites: sitesUsed.size, leftOut: [...leftOut].map(([reason, count]) => ({ reason, count })) };
}

const rowsAtOnce = 500; // a commit of some 10 ms, then others get their turn

/** Where the next transfers go, or why they cannot. */
type OpenPlace = ImportedPlace & {
  readonly batch: KnownBatch;
  readonly sourceFolder: string;
  readonly targetFolder: string;
  readonly names: Set<string>;
};
type KnownBatch = BatchRecord & { readonly siteId: string };

function toRow(record: TransferRecord, sourceName: string, targetName: string): ImportedTransfer {
  return {
    kind: record.kind ?? "file",
    sourceName,
    targetName,
    size: record.size ?? null,
    modifiedMs: record.modifiedMs ?? null,
    precision: record.precision ?? "second",
    priority: record.priority ?? 0,
    decision: record.decision ?? null,
    isPaused: record.isPaused ?? false,
  };
}

function isLocalFolder(path: string): boolean {
  return isAbsolute(path) && !path.includes("\0");
}

function isInside(root: string, folder: string): boolean {
  const way = relative(root, folder);
  return isLocalFolder(root) && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where it cannot be made, the transfers into it will say why. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true }).catch(() => {});
}
