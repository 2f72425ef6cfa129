import { toAppError } from "../../../../shared/errors/appError.ts";
import type { SessionLog } from "../../ports.ts";
import type { LeaseSession } from "../../sessions/lease.ts";
import type { QueueStore } from "../store/queueStore.ts";
import { type TransferRow, temporaryPathOf } from "../transferRow.ts";

export type RemotePartParts = {
  readonly store: Pick<QueueStore, "stateOf" | "forgetParts">;
  readonly lease: LeaseSession;
  readonly log: SessionLog;
  readonly displayPath: (siteId: string, wirePath: string) => string;
};

/** What unfinished uploads have left on servers. */
export type RemoteParts = {
  /**
   * Removes what these rows have left, in the background, and then forgets it: in this order a killed process leaves a record. A row that
   * has been taken up again keeps what it has. What a server does not let go of is told in the log.
   */
  readonly discard: (rows: readonly TransferRow[]) => void;
  /** Gives up what has not been removed yet. */
  readonly close: () => Promise<void>;
};

export function createRemoteParts({ store, lease, log, displayPath }: RemotePartParts): RemoteParts {
  const ending = new AbortController();
  const running = new Set<Promise<void>>();

  async function discardOfSite(siteId: string, rows: readonly TransferRow[]): Promise<void> {
    const held = await lease(siteId, ending.signal);
    try {
      for (const row of rows) {
        const isWanted = !["cancelled", null].includes(store.stateOf(row.id));
        if (isWanted || row.partName === null) continue;
        const path = temporaryPathOf(row, row.partName);
        if ((await held.session.stat(path, ending.signal)) !== null) await held.session.removeFile(path, ending.signal);
        if (store.stateOf(row.id) === "cancelled") store.forgetParts([row.id]);
      }
    } finally {
      held.release();
    }
  }

  function tellLeft(siteId: string, rows: readonly TransferRow[], error: unknown): void {
    if (ending.signal.aborted) return;
    const paths = rows.map((row) => displayPath(siteId, temporaryPathOf(row, row.partName ?? "")));
    log.status(`Left on the server: ${paths.join(", ")} (${toAppError(error).message})`);
  }

  return {
    discard: (rows) => {
      const bySite = Map.groupBy(rows, ({ siteId }) => siteId);
      for (const [siteId, left] of bySite) {
        const work = discardOfSite(siteId, left).catch((error) => tellLeft(siteId, left, error));
        running.add(work);
        void work.finally(() => running.delete(work));
      }
    },
    close: async () => {
      ending.abort();
      await Promise.all(running);
    },
  };
}
