import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import type { TimePrecision } from "../../../../shared/models/entry.ts";
import type { ConflictAction } from "../../../../shared/models/prompt.ts";
import type { TransferType } from "../../../../shared/models/settings.ts";
import type { Direction, QueueFilter, TransferKind } from "../../../../shared/models/transfer.ts";
import { inTransaction } from "../../db/openDatabase.ts";
import { type TransferRow, transferRowSchema } from "../transferRow.ts";
import { filterConditions, queueQueries, rowColumns, rowJoins } from "./queueQueries.ts";

export type ImportedBatch = {
  readonly siteId: string;
  readonly direction: Direction;
  readonly root: string;
  readonly transferType: TransferType | null;
  readonly rule: ConflictAction | null;
  readonly nowMs: number;
};

export type ImportedTransfer = {
  readonly kind: TransferKind;
  readonly sourceName: string;
  readonly targetName: string;
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly precision: TimePrecision;
  readonly priority: number;
  readonly decision: ConflictAction | null;
  readonly isPaused: boolean;
};

/** Where imported transfers go. */
export type ImportedPlace = { readonly placeId: number; readonly batchId: number; readonly siteNo: number };

export type ExportRange = {
  readonly filter: QueueFilter;
  /** null: all sites. */
  readonly siteNo: number | null;
  /** Rows with larger ids only. */
  readonly after: number;
};

export type ExchangeStore = ReturnType<typeof openExchangeStore>;

/** What leaves and enters the queue in files, in steps that never hold others up for long. */
export function openExchangeStore(db: DatabaseSync) {
  const sql = {
    maxId: db.prepare(exchangeQueries.maxId),
    sites: db.prepare(exchangeQueries.sites),
    insertSite: db.prepare(queueQueries.insertSite),
    siteNo: db.prepare(queueQueries.siteNo),
    insertBatch: db.prepare(exchangeQueries.insertBatch),
    insertPlace: db.prepare(queueQueries.insertPlace),
    insertTransfer: db.prepare(exchangeQueries.insertTransfer),
    growBatch: db.prepare(queueQueries.growBatch),
  };
  const rows = {
    queued: db.prepare(exchangeQueries.rowsQueued),
    failed: db.prepare(exchangeQueries.rowsFailed),
    completed: db.prepare(exchangeQueries.rowsCompleted),
  };

  return {
    /** One step through the table: what it holds of a tab, and where the next step begins; null: this was the last. */
    exportRows({ filter, siteNo, after }: ExportRange): { readonly rows: TransferRow[]; readonly next: number | null } {
      const { id: maxId } = idSchema.parse(sql.maxId.get());
      const until = after + idsAtOnce;
      const found = rows[filter].all({ after, until, siteNo, limit: rowsAtOnce });
      const last = found.length === rowsAtOnce ? idSchema.parse(found.at(-1)).id : until;
      return {
        rows: found.flatMap((row) => {
          const parsed = transferRowSchema.safeParse(row);
          return parsed.success ? [parsed.data] : []; // one damaged row must not keep the others
        }),
        next: last >= maxId ? null : last,
      };
    },

    /** Sites with rows in a tab, in a steady order. */
    exportedSites(filter: QueueFilter): readonly { readonly no: number; readonly id: string }[] {
      return sitesSchema.parse(sql.sites.all(JSON.stringify(statesOf[filter])));
    },

    addImportedBatch({ siteId, direction, root, transferType, rule, nowMs }: ImportedBatch) {
      return inTransaction(db, () => {
        sql.insertSite.run(siteId);
        const { no: siteNo } = siteNoSchema.parse(sql.siteNo.get(siteId));
        const { lastInsertRowid } = sql.insertBatch.run(siteNo, direction, root, transferType, rule, nowMs);
        return { batchId: Number(lastInsertRowid), siteNo };
      });
    },

    addImportedPlace(batchId: number, sourceFolder: string, targetFolder: string): number {
      return Number(sql.insertPlace.run(batchId, null, sourceFolder, targetFolder).lastInsertRowid);
    },

    /** One committed transaction. Returns how many are new to their place. */
    addImported({ placeId, batchId, siteNo }: ImportedPlace, transfers: readonly ImportedTransfer[]): number {
      return inTransaction(db, () => {
        const added = { files: 0, folders: 0, bytes: 0 };
        for (const one of transfers) {
          const { changes } = sql.insertTransfer.run(
            ...[placeId, siteNo, one.kind, one.sourceName, one.targetName, one.size, one.modifiedMs, one.precision],
            ...[one.isPaused ? "paused" : "queued", one.priority, one.decision],
          );
          if (changes === 0) continue;
          added[one.kind === "file" ? "files" : "folders"] += 1;
          added.bytes += one.size ?? 0;
        }
        sql.growBatch.run(added.files, added.folders, added.bytes, batchId);
        return added.files + added.folders;
      });
    },
  };
}

/** A step of an export: some milliseconds, whatever the rows between hold. */
const rowsAtOnce = 500;
const idsAtOnce = 20_000;

const statesOf = {
  queued: ["queued", "running", "waiting", "backoff", "paused"],
  failed: ["failed"],
  completed: ["done", "cancelled"],
} as const satisfies Record<QueueFilter, readonly string[]>;

export const exchangeQueries = {
  maxId: "SELECT coalesce(max(id), 0) AS id FROM transfers",
  sites: `SELECT s.no, s.id FROM sites s WHERE EXISTS (SELECT 1 FROM counts c
    WHERE c.site = s.no AND c.n > 0 AND c.state IN (SELECT value FROM json_each(?))) ORDER BY s.no`,
  rowsQueued: rowsQuery("queued"),
  rowsFailed: rowsQuery("failed"),
  rowsCompleted: rowsQuery("completed"),
  insertBatch: "INSERT INTO batches (site, direction, root, transfer_type, rule, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
  insertTransfer: `INSERT OR IGNORE INTO transfers
    (place, site, kind, source_name, target_name, size, modified_ms, precision, state, priority, decision)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
} as const;

/** In the order of ids, by the table itself: a bounded walk, for a tab's own index has another order. */
function rowsQuery(filter: QueueFilter): string {
  return `SELECT ${rowColumns} FROM (SELECT id AS rowId FROM transfers NOT INDEXED
    WHERE id > :after AND id <= :until AND ${filterConditions[filter]} AND (:siteNo IS NULL OR site = :siteNo)
    ORDER BY id LIMIT :limit) n JOIN transfers t ON t.id = n.rowId ${rowJoins} ORDER BY t.id`;
}

const idSchema = z.object({ id: z.int() });
const siteNoSchema = z.object({ no: z.int() });
const sitesSchema = z.array(z.object({ no: z.int(), id: z.string() }));
