import type { ExportCursor, QueueFileFormat } from "../../../../shared/contract/exchange.ts";
import { rankOf } from "../../../../shared/models/priority.ts";
import { baseNameOfRemote, parentOfRemote } from "../../../../shared/models/remotePath.ts";
import type { Settings } from "../../../../shared/models/settings.ts";
import { type Site, type SiteSettings, siteSettingsSchema } from "../../../../shared/models/site.ts";
import type { QueueFilter } from "../../../../shared/models/transfer.ts";
import {
  endOfDocument,
  endOfServer,
  fileLines,
  openDocument,
  openServer,
} from "../../exchange/filezilla/writeQueue.ts";
import { firstLine, lastLine, recordLine } from "../../exchange/queueLines.ts";
import type { TransferRecord } from "../../exchange/queueRecord.ts";
import { goesAsText } from "../policies/textFiles.ts";
import type { ExchangeStore } from "../store/exchangeStore.ts";
import { localPathOf, remotePathOf, type TransferRow } from "../transferRow.ts";

export type ExportParts = {
  readonly store: ExchangeStore;
  /** null: gone. */
  readonly siteOf: (siteId: string) => Site | null;
  readonly displayPath: (siteId: string, wirePath: string) => string;
  readonly settings: () => Settings;
};

export type ExportRequest = {
  readonly format: QueueFileFormat;
  readonly filter: QueueFilter;
  /** null: the beginning. */
  readonly from: ExportCursor | null;
};

export type ExportedPiece = {
  readonly text: string;
  readonly next: ExportCursor | null;
  readonly transfers: number;
  readonly leftOut: number;
};

/**
 * The next piece of a file that holds a tab's transfers. Nothing is remembered between the pieces: whoever asks brings the cursor, and
 * an export that is given up leaves nothing behind.
 */
export function exportQueue(request: ExportRequest, parts: ExportParts): ExportedPiece {
  return request.format === "portside" ? exportLines(request, parts) : exportFilezilla(request, parts);
}

/** Everything needed to go on elsewhere. What has begun begins anew there: half a file stays where it is. */
function exportLines({ filter, from }: ExportRequest, { store, siteOf }: ExportParts): ExportedPiece {
  const { rows, next } = store.exportRows({ filter, siteNo: null, after: from?.after ?? 0 });
  const lines = from === null ? [firstLine()] : [];
  const told = new Set<string>();
  const tellOnce = (key: string, line: () => string) => {
    if (!told.has(key)) lines.push(line());
    told.add(key);
  };
  let place = -1;
  let transfers = 0;
  for (const row of rows) {
    const site = siteOf(row.siteId);
    if (site === null) continue;
    tellOnce(`site ${row.siteNo}`, () => recordLine({ site: { key: row.siteNo, settings: withoutSecrets(site) } }));
    tellOnce(`batch ${row.batchId}`, () => recordLine({ batch: batchOf(row) }));
    if (row.placeId !== place) {
      lines.push(recordLine({ place: { batch: row.batchId, source: row.sourceFolder, target: row.targetFolder } }));
    }
    place = row.placeId;
    lines.push(recordLine({ transfer: transferOf(row) }));
    transfers += 1;
  }
  const total = (from?.transfers ?? 0) + transfers;
  if (next === null) lines.push(lastLine(total));
  return {
    text: lines.join(""),
    next: next === null ? null : { siteNo: 0, after: next, transfers: total },
    transfers,
    leftOut: rows.length - transfers,
  };
}

/** Server after server, as FileZilla wants it. Folders that nobody has looked into yet are left out: its files know none. */
function exportFilezilla({ filter, from }: ExportRequest, parts: ExportParts): ExportedPiece {
  const head = from === null ? openDocument(process.platform) : "";
  const { siteNo, after } = from ?? { siteNo: 0, after: 0 };
  const sites = parts.store.exportedSites(filter).filter(({ no }) => no >= siteNo);
  const [current, following] = sites;
  const isBegun = after > 0;
  if (current === undefined || (isBegun && current.no !== siteNo)) {
    // The last of this server's rows have left the tab meanwhile.
    const tail = isBegun ? endOfServer : "";
    if (current === undefined) return { text: head + tail + endOfDocument, next: null, transfers: 0, leftOut: 0 };
    return { text: head + tail, next: { siteNo: current.no, after: 0, transfers: 0 }, transfers: 0, leftOut: 0 };
  }

  const site = parts.siteOf(current.id);
  const opening = site === null ? null : openServer(site);
  const { rows, next } = parts.store.exportRows({ filter, siteNo: current.no, after });
  const files = opening === null ? [] : rows.flatMap((row) => filezillaLines(row, parts) ?? []);
  const isLast = next === null && following === undefined;
  const pieces = [
    head,
    opening === null || isBegun ? "" : opening,
    ...files,
    opening === null || next !== null ? "" : endOfServer,
    isLast ? endOfDocument : "",
  ];
  return {
    text: pieces.join(""),
    next: isLast ? null : { siteNo: next === null ? (following?.no ?? 0) : current.no, after: next ?? 0, transfers: 0 },
    transfers: files.length,
    leftOut: rows.length - files.length,
  };
}

/** Comments, and commands sent at login, hold what people write there: passwords among it. */
function withoutSecrets(site: Site): SiteSettings {
  return { ...siteSettingsSchema.parse(site), comments: "", loginCommands: [] };
}

function batchOf({ batchId, siteNo, direction, root, batchType, batchRule }: TransferRow) {
  return {
    key: batchId,
    site: siteNo,
    direction,
    root,
    ...(batchType === null ? {} : { transferType: batchType }),
    ...(batchRule === null ? {} : { rule: batchRule }),
  };
}

function transferOf(row: TransferRow): TransferRecord {
  return {
    ...(row.kind === "file" ? {} : { kind: row.kind }),
    source: row.sourceName,
    ...(row.targetName === row.sourceName ? {} : { target: row.targetName }),
    ...(row.size === null ? {} : { size: row.size }),
    ...(row.modifiedMs === null ? {} : { modifiedMs: row.modifiedMs }),
    ...(row.precision === "second" ? {} : { precision: row.precision }),
    ...(row.priority === "normal" ? {} : { priority: rankOf(row.priority) }),
    ...(row.decision === null ? {} : { decision: row.decision }),
    ...(row.state === "paused" ? { isPaused: true } : {}),
  };
}

/** null: the format has no words for it. */
function filezillaLines(row: TransferRow, { displayPath, settings }: ExportParts): string | null {
  if (row.kind === "folder") return null;
  const remotePath = remotePathOf(row);
  return fileLines({
    direction: row.direction,
    isText: goesAsText(row, settings()),
    localPath: localPathOf(row),
    remoteFolder: displayPath(row.siteId, parentOfRemote(remotePath) ?? "/"),
    remoteName: displayPath(row.siteId, baseNameOfRemote(remotePath)),
    size: row.size,
    attempts: row.attempts,
    priority: rankOf(row.priority),
    decision: row.decision,
  });
}
