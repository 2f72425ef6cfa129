import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import { type Direction, directionSchema } from "../../../../shared/models/transfer.ts";

/** A drop, or (without a batch) the whole queue, that begins at a time. */
export type PlannedStart = { readonly atMs: number; readonly batch: BatchName | null };

export type BatchName = {
  readonly id: number;
  readonly siteId: string;
  readonly direction: Direction;
  /** The folder everything goes into. */
  readonly root: string;
};

export type QueueHolds = ReturnType<typeof openQueueHolds>;

const queueStart = "start_at_ms";

export const holdQueries = {
  knowSite: "INSERT OR IGNORE INTO sites (id) VALUES (?)",
  setSitePaused: "UPDATE sites SET is_paused = ? WHERE id = ?",
  resumeSites: "UPDATE sites SET is_paused = 0 WHERE is_paused = 1",
  pausedSites: "SELECT id FROM sites WHERE is_paused = 1 ORDER BY no",
  setStart: "UPDATE batches SET start_at_ms = ? WHERE id = ?",
  forgetStarts: `UPDATE batches SET start_at_ms = NULL WHERE start_at_ms IS NOT NULL
    AND (:siteId IS NULL OR site = (SELECT no FROM sites WHERE id = :siteId))`,
  starts: `SELECT b.id, s.id AS siteId, b.direction, b.root, b.start_at_ms AS atMs FROM batches b JOIN sites s ON s.no = b.site
    WHERE b.start_at_ms IS NOT NULL ORDER BY b.start_at_ms, b.id`,
  queueStart: "SELECT value AS atMs FROM flags WHERE name = ?",
  setQueueStart: "INSERT INTO flags VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
  forgetQueueStart: "DELETE FROM flags WHERE name = ?",
} as const;

/** The SQL about what waits for the user or the clock as a whole. Each call is one committed change. */
export function openQueueHolds(db: DatabaseSync) {
  const prepared = Object.entries(holdQueries).map(([name, text]) => [name, db.prepare(text)] as const);
  const sql = Object.fromEntries(prepared) as Record<keyof typeof holdQueries, ReturnType<DatabaseSync["prepare"]>>;

  return {
    /** Transfers that are added for a paused site arrive paused. */
    setSitePaused: (siteId: string, isPaused: boolean): void => {
      sql.knowSite.run(siteId);
      sql.setSitePaused.run(isPaused ? 1 : 0, siteId);
    },
    resumeSites: (): void => {
      sql.resumeSites.run();
    },
    pausedSites: (): readonly string[] => siteIdsSchema.parse(sql.pausedSites.all()).map(({ id }) => id),

    /** `batchId` null: the whole queue. `atMs` null: it has no time to start at any more. */
    setStart: (batchId: number | null, atMs: number | null): void => {
      if (batchId !== null) sql.setStart.run(atMs, batchId);
      else if (atMs === null) sql.forgetQueueStart.run(queueStart);
      else sql.setQueueStart.run(queueStart, atMs);
    },
    /** Drops of a site, or all of them, have no time to start at any more. */
    forgetStarts: (siteId: string | null): void => {
      sql.forgetStarts.run({ siteId });
    },
    /** The whole queue's first, then the drops', the earliest first. */
    starts: (): readonly PlannedStart[] => {
      const queue = queueStartSchema.parse(sql.queueStart.all(queueStart));
      const batches = batchStartsSchema.parse(sql.starts.all());
      return [
        ...queue.map(({ atMs }) => ({ atMs, batch: null })),
        ...batches.map(({ atMs, ...batch }) => ({ atMs, batch })),
      ];
    },
  };
}

const siteIdsSchema = z.array(z.object({ id: z.string() }));
const queueStartSchema = z.array(z.object({ atMs: z.number() }));
const batchStartsSchema = z.array(
  z.object({ id: z.int(), siteId: z.string(), direction: directionSchema, root: z.string(), atMs: z.number() }),
);
