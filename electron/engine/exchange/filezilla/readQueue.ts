import type { XmlElement } from "@rgrove/parse-xml";
import type { Direction } from "../../../../shared/models/transfer.ts";
import type { BatchRecord, LeftOut, QueueRecord, TransferRecord } from "../queueRecord.ts";
import { readFlags } from "./flags.ts";
import { readAction } from "./overwriteActions.ts";
import { type PathUnits, parseSafePath } from "./safePath.ts";
import { readServer } from "./server.ts";
import { splitQueue } from "./splitQueue.ts";
import { numberOf, textOf } from "./xml.ts";

/** A local path of this computer in two; null: it is not one (a path of Windows on Linux, or no whole path). */
export type SplitLocalPath = (path: string) => { readonly folder: string; readonly name: string } | null;

/** `local` rules and the folders that hold others: what the roots of batches depend on. */
export type LocalRules = {
  readonly split: SplitLocalPath;
  /** The separator that ends a folder's path when others are looked for inside of it. */
  readonly separator: string;
};

/**
 * The queue in a FileZilla file, in its order; remote names are text. Rejects with QueueFileError when the file as a whole is not right. A
 * large file is read in pieces, so that others get their turn.
 */
export async function readFilezillaQueue(xml: string, local: LocalRules): Promise<Iterable<QueueRecord>> {
  const { root, servers } = splitQueue(xml);
  const units: PathUnits = root.attributes.platform === "windows" ? "utf-16" : "code-points";
  const read: ReadServer[] = [];
  for (const { fields, itemGroups } of servers) {
    const settings = readServer(fields());
    const items: Read[] = [];
    for (const group of itemGroups()) {
      for (const item of group)
        items.push(item.name === "File" ? readFile(item, units, local) : readFolder(item, local));
      await new Promise(setImmediate);
    }
    read.push({ settings, items });
  }
  return tellRecords(read, local);
}

type ReadServer = { readonly settings: ReturnType<typeof readServer>; readonly items: readonly Read[] };

function* tellRecords(servers: readonly ReadServer[], local: LocalRules): Generator<QueueRecord> {
  const keys = { batch: 0 };
  for (const [key, { settings, items }] of servers.entries()) {
    if (typeof settings === "string") {
      const leftOut = settings === "damaged" ? "site" : "protocol";
      for (const _ of items) yield { leftOut };
    } else {
      yield { site: { key, settings } };
      yield* arrange(key, items, local, keys);
    }
  }
}

type Item = {
  readonly direction: Direction;
  readonly isText: boolean;
  readonly source: string;
  readonly target: string;
  readonly transfer: TransferRecord;
};
type Read = Item | { readonly makeFolder: string } | { readonly leftOut: LeftOut };

function readFile(file: XmlElement, units: PathUnits, local: LocalRules): Read {
  const flags = readFlags(file);
  const size = numberOf(file, "Size", -1);
  const priority = numberOf(file, "Priority", normalPriority);
  const remoteName = textOf(file, "RemoteFile") ?? "";
  if (flags === null || size === null || priority === null) return { leftOut: "damaged" };
  const place = local.split(textOf(file, "LocalFile") ?? "");
  if (place === null) return { leftOut: "local-path" };
  const folder = parseSafePath(textOf(file, "RemotePath") ?? "", units);
  if (folder === null || !isOneName(remoteName)) return { leftOut: "remote-path" };
  const isDownload = flags.direction === "download";
  const decision = readAction(numberOf(file, "OverwriteAction", -1) ?? -1);
  return {
    ...flags,
    source: isDownload ? folder : place.folder,
    target: isDownload ? place.folder : folder,
    transfer: {
      source: isDownload ? remoteName : place.name,
      target: isDownload ? place.name : remoteName,
      ...(size < 0 ? {} : { size }),
      ...(priority === normalPriority ? {} : { priority: clamp(priority) - normalPriority }),
      ...(decision === undefined ? {} : { decision }),
    },
  };
}

/** A folder that is only to be made. One on the server has nothing on this side that it could be made from. */
function readFolder(item: XmlElement, local: LocalRules): Read {
  const flags = readFlags(item);
  if (flags === null) return { leftOut: "damaged" };
  if (flags.direction === "upload") return { leftOut: "remote-folder" };
  const place = local.split((textOf(item, "LocalFile") ?? "").replace(/(?<=.)[\\/]$/, ""));
  return place === null ? { leftOut: "local-path" } : { makeFolder: place.folder + local.separator + place.name };
}

/**
 * Puts items into batches by direction, type and the topmost folder they go to, and tells a batch or a place when the next item needs
 * another one. FileZilla knows no batches: a folder that holds all the others was most likely what somebody dropped into.
 */
function* arrange(site: number, reads: readonly Read[], local: LocalRules, keys: { batch: number }) {
  const rootOf = chooseRoots(reads, local);
  const batches = new Map<string, number>();
  let told = "";
  for (const read of reads) {
    if (!("transfer" in read)) {
      yield read;
      continue;
    }
    const { direction, isText, source, target, transfer } = read;
    const root = rootOf(read);
    const batchName = JSON.stringify([direction, isText, root]);
    let batch = batches.get(batchName);
    if (batch === undefined) {
      batch = keys.batch++;
      batches.set(batchName, batch);
      const record: BatchRecord = { key: batch, site, direction, root, transferType: isText ? "ascii" : "binary" };
      yield { batch: record };
    }
    const placeName = JSON.stringify([batch, source, target]);
    if (placeName !== told) yield { place: { batch, source, target } };
    told = placeName;
    yield { transfer };
  }
}

function chooseRoots(reads: readonly Read[], local: LocalRules): (item: Item) => string {
  const roots = { upload: new Map<string, string>(), download: new Map<string, string>() };
  for (const direction of ["upload", "download"] as const) {
    const end = direction === "upload" ? "/" : local.separator;
    const withEnd = (folder: string) => (folder.endsWith(end) ? folder : folder + end);
    const targets = reads.flatMap((read) => ("transfer" in read && read.direction === direction ? [read.target] : []));
    let root = "";
    // With its separator behind it a folder stands right before all that lie inside of it.
    for (const target of [...new Set(targets)].sort((a, b) => (withEnd(a) < withEnd(b) ? -1 : 1))) {
      if (root === "" || !target.startsWith(withEnd(root))) root = target;
      roots[direction].set(target, root);
    }
  }
  return ({ direction, target }) => roots[direction].get(target) ?? target;
}

const normalPriority = 2; // 0 lowest … 4 highest
const highestPriority = 4;

function clamp(priority: number): number {
  return Math.min(Math.max(priority, 0), highestPriority);
}

function isOneName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\0\r\n]/.test(name);
}
