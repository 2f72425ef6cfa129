import { baseNameOfRemote } from "../../shared/models/remotePath.ts";
import type { QueueFilter, QueueSummary, Transfer } from "../../shared/models/transfer.ts";

const total = 1_000_000;
const siteName = "Harbour Works";

/** A queue of a million waiting transfers that nobody ever held in memory: each window is made when it is asked for. */
export function millionWindow(filter: QueueFilter, offset: number, limit: number) {
  const shown = filter === "queued" ? total : 0;
  const count = Math.max(0, Math.min(limit, shown - offset));
  return { revision: 1, total: shown, rows: Array.from({ length: count }, (_, step) => rowAt(offset + step)) };
}

export const millionSummary: QueueSummary = {
  queued: total,
  running: 0,
  waiting: 0,
  paused: 0,
  failed: 0,
  completed: 0,
  bytesRemaining: total * 4_096,
  isProcessing: true,
  resting: [],
};

function rowAt(index: number): Transfer {
  const remotePath = `/archive/${Math.floor(index / 1_000)}/scan ${index + 1}.tif`;
  return {
    id: index + 1,
    batchId: 1,
    kind: "file",
    priority: "normal",
    direction: "upload",
    siteId: "s1",
    siteName,
    localPath: `/home/mira/archive/${baseNameOfRemote(remotePath)}`,
    remotePath,
    remoteDisplayPath: remotePath,
    size: 4_096,
    bytesDone: 0,
    state: "queued",
    attempts: 0,
    errorKind: null,
    errorText: null,
    skipped: null,
    skippedBy: null,
    evidence: null,
    checked: null,
    retryAtMs: null,
    startedMs: null,
    finishedMs: null,
  };
}
