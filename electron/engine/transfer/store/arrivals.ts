import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import type { TimePrecision } from "../../../../shared/models/entry.ts";
import type { TransferType } from "../../../../shared/models/settings.ts";
import {
  type Direction,
  type SkipReason,
  type TransferKind,
  type TransferState,
  transferStateSchema,
} from "../../../../shared/models/transfer.ts";
import { inTransaction } from "../../db/openDatabase.ts";
import type { TransferRow } from "../transferRow.ts";
import type { PlanState } from "./planStore.ts";
import { idFrom } from "./readRows.ts";
import type { QueueStatements } from "./statements.ts";

/** What a folder holds, or a drop brings: one row to be. */
export type NewTransfer = {
  readonly kind: TransferKind;
  readonly sourceName: string;
  readonly targetName: string;
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly precision: TimePrecision;
  /** Recorded, but nothing will be moved. */
  readonly skipped?: SkipReason;
};

export type NewBatch = {
  readonly siteId: string;
  readonly direction: Direction;
  /** The folder everything goes into. */
  readonly root: string;
  readonly transferType?: TransferType | undefined;
  /** It waits as a plan; without: it is queued. */
  readonly plan?: Exclude<PlanState, "starting"> | null;
  readonly nowMs: number;
  /** Transfers by the folder their sources lie in. */
  readonly places: ReadonlyMap<string, readonly NewTransfer[]>;
};

/** How rows come into the queue: as a drop, and as what a folder of it holds. */
export function openArrivals(db: DatabaseSync, sql: QueueStatements) {
  function insertTransfers(
    placeId: number,
    siteNo: number,
    batchId: number,
    transfers: readonly NewTransfer[],
    arrival: Arrival,
    nowMs: number,
  ) {
    const added = { files: 0, folders: 0, bytes: 0 };
    for (const { kind, sourceName, targetName, size, modifiedMs, precision, skipped = null } of transfers) {
      const isOver = skipped !== null && arrival.state !== "planned";
      const state: TransferState = isOver ? "done" : arrival.state;
      const finishedMs = isOver ? nowMs : null;
      const { changes } = sql.insertTransfer.run(
        ...[placeId, siteNo, kind, sourceName, targetName, size, modifiedMs, precision, state, skipped, finishedMs],
        ...[arrival.priority, arrival.movedTo],
      );
      if (changes === 0) continue;
      added[kind === "file" ? "files" : "folders"] += 1;
      added.bytes += size ?? 0;
    }
    sql.growBatch.run(added.files, added.folders, added.bytes, batchId);
    return added.files + added.folders;
  }

  return {
    /** Adds a drop. The rows of one batch keep the order of their places. */
    addBatch({ siteId, direction, root, transferType, plan = null, nowMs, places }: NewBatch): {
      readonly batchId: number;
      readonly added: number;
    } {
      return inTransaction(db, () => {
        sql.insertSite.run(siteId);
        const { no: siteNo, isPaused } = siteSchema.parse(sql.siteNo.get(siteId));
        const state = plan !== null ? "planned" : isPaused === 1 ? "paused" : "queued";
        const arrival: Arrival = { state, priority: 0, movedTo: null };
        const sources = [...places.values()].reduce((sum, transfers) => sum + transfers.length, 0);
        const title = places.values().next().value?.[0]?.sourceName ?? null;
        const { lastInsertRowid } = sql.insertBatch.run(
          ...[siteNo, direction, root, transferType ?? null, nowMs, title, sources, plan],
        );
        const batchId = Number(lastInsertRowid);
        let added = 0;
        for (const [sourceFolder, transfers] of places) {
          const placeId = Number(sql.insertPlace.run(batchId, null, sourceFolder, root).lastInsertRowid);
          added += insertTransfers(placeId, siteNo, batchId, transfers, arrival, nowMs);
        }
        return { batchId, added };
      });
    },

    /** The place of a folder's children; the same again when the folder is expanded once more after a break. */
    openPlace(folder: TransferRow, sourceFolder: string, targetFolder: string): number {
      sql.insertPlace.run(folder.batchId, folder.id, sourceFolder, targetFolder);
      return idFrom(sql.placeOf.get(folder.id));
    },

    /** Source name → target name of what a place already holds. */
    namesIn(placeId: number): Map<string, string> {
      const rows = namesSchema.parse(sql.namesIn.all(placeId));
      return new Map(rows.map(({ sourceName, targetName }) => [sourceName, targetName]));
    },

    /**
     * Adds what a folder holds, where the folder stands; a source that is there already is left alone. Of a folder that is planned, or has
     * been paused meanwhile, it arrives so, of a cancelled one not at all. Returns how many were new.
     */
    addChildren(folder: TransferRow, placeId: number, children: readonly NewTransfer[], nowMs: number): number {
      return inTransaction(db, () => {
        const { state, priority, movedTo } = folderStandingSchema.parse(sql.standingOfFolder.get(folder.id));
        if (state === "cancelled") return 0;
        const waits = state === "planned" || state === "paused";
        const arrival: Arrival = { state: waits ? state : "queued", priority, movedTo };
        return insertTransfers(placeId, folder.siteNo, folder.batchId, children, arrival, nowMs);
      });
    },
  };
}

/** How new rows come into the queue. */
type Arrival = {
  readonly state: "planned" | "queued" | "paused";
  readonly priority: number;
  readonly movedTo: number | null;
};

const siteSchema = z.object({ no: z.int(), isPaused: z.number() });
const namesSchema = z.array(z.object({ sourceName: z.string(), targetName: z.string() }));
const folderStandingSchema = z.object({
  state: transferStateSchema,
  priority: z.int(),
  movedTo: z.nullable(z.number()),
});
