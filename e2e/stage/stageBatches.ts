import type { Batch } from "../../shared/models/batch.ts";
import { evidenceLevels } from "../../shared/models/evidence.ts";
import { parentOfRemote } from "../../shared/models/remotePath.ts";
import type { Transfer } from "../../shared/models/transfer.ts";

/** The transfers of the stage by drops, those at work first. */
export function stageBatches(rows: readonly Transfer[]): Batch[] {
  const batches = [...Map.groupBy(rows, ({ batchId }) => batchId)].map(([id, transfers]) => summarise(id, transfers));
  const open = batches.filter(({ left }) => left > 0);
  const ended = batches.filter(({ left }) => left === 0);
  return [...open, ...ended.toReversed()];
}

function summarise(id: number, rows: readonly Transfer[]): Batch {
  const [first] = rows;
  if (first === undefined) throw new Error("A drop without transfers");
  const sourcePath = first.direction === "upload" ? first.localPath : first.remotePath;
  const targetPath = first.direction === "upload" ? first.remoteDisplayPath : first.localPath;
  const ended = rows.filter(({ state }) => state === "done" || state === "failed" || state === "cancelled");
  const settled = (row: Transfer) => (ended.includes(row) ? (row.size ?? 0) : row.bytesDone);
  const skipped = Map.groupBy(
    rows.flatMap((row) => row.skipped ?? []),
    (reason) => reason,
  );
  const failed = Map.groupBy(
    rows.flatMap(({ state, errorKind }) => (state === "failed" && errorKind !== null ? [errorKind] : [])),
    (kind) => kind,
  );
  return {
    id,
    direction: first.direction,
    siteId: first.siteId,
    siteName: first.siteName,
    title: sourcePath.slice(sourcePath.lastIndexOf("/") + 1),
    sources: rows.length,
    target: parentOfRemote(targetPath) ?? "/",
    createdMs: first.startedMs ?? Date.now(),
    finishedMs: ended.length < rows.length ? null : Math.max(...ended.map(({ finishedMs }) => finishedMs ?? 0)),
    files: rows.length,
    folders: 0,
    bytes: rows.reduce((sum, { size }) => sum + (size ?? 0), 0),
    bytesSettled: rows.reduce((sum, row) => sum + settled(row), 0),
    isPlan: false,
    left: rows.length - ended.length,
    done: rows.filter(({ state, skipped: reason }) => state === "done" && reason === null).length,
    proved: evidenceLevels.toReversed().flatMap((level) => {
      const count = rows.filter(({ state, evidence }) => state === "done" && evidence === level).length;
      return count === 0 ? [] : [{ level, count }];
    }),
    cancelled: rows.filter(({ state }) => state === "cancelled").length,
    skipped: [...skipped].map(([reason, all]) => ({ reason, count: all.length })),
    failed: [...failed].map(([kind, all]) => ({ kind, count: all.length })),
  };
}
