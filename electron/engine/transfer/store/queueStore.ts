import type { DatabaseSync, StatementSync } from "node:sqlite";
import * as z from "zod/mini";
import type { TimePrecision } from "../../../../shared/models/entry.ts";
import type { ConflictAction } from "../../../../shared/models/prompt.ts";
import type { TransferType } from "../../../../shared/models/settings.ts";
import {
  type Direction,
  type QueueFilter,
  type SkipReason,
  type TransferKind,
  type TransferState,
  transferKindSchema,
  transferStateSchema,
} from "../../../../shared/models/transfer.ts";
import { inTransaction, openDatabase } from "../../db/openDatabase.ts";
import type { TransferEvent } from "../transferLife.ts";
import { type Begun, type TransferRow, transferRowSchema } from "../transferRow.ts";
import { openBatchStore } from "./batchStore.ts";
import { openExchangeStore } from "./exchangeStore.ts";
import { openPlanStore, type PlanState } from "./planStore.ts";
import { openQueueHolds } from "./queueHolds.ts";
import { openQueueOrder } from "./queueOrder.ts";
import { queueQueries } from "./queueQueries.ts";
import { queueMigrations } from "./queueSchema.ts";
import { createReceiptStore } from "./receiptStore.ts";
import { type RowChange, writeUpdate } from "./rowChange.ts";
import { type FolderScope, folderScopeOf, type RowScope, selectionOf } from "./rowScope.ts";

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

/** What is written down before the first byte of a transfer moves. */
export type BegunFacts = {
  readonly begun: Exclude<Begun, "no">;
  readonly targetName: string;
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly oldSize: number | null;
  readonly oldModifiedMs: number | null;
  readonly partName: string | null;
  /** Which file of our disk the source is; null: unknown. */
  readonly identity?: string | null;
};

export type Count = {
  readonly kind: TransferKind;
  readonly state: TransferState;
  readonly n: number;
  readonly bytes: number;
};

/** How new rows come into the queue. */
type Arrival = {
  readonly state: "planned" | "queued" | "paused";
  readonly priority: number;
  readonly movedTo: number | null;
};

export type SiteKey = { readonly no: number; readonly id: string };

export type QueueStore = ReturnType<typeof openQueueStore>;

/**
 * The queue's rows and the only SQL about them. Each call is one committed transaction. WAL with synchronous=NORMAL: a killed process
 * loses nothing; a power cut may lose the last commits, never the order of them, and a row that forgot its last step does it again.
 */
export function openQueueStore(file: string) {
  const db = openDatabase(file, queueMigrations);
  const sql = prepareAll(db);
  const statementFor = keepStatements(db);
  const update = (event: TransferEvent, ids: readonly number[], change: RowChange): number => {
    const { text, values } = writeUpdate(event, ids, change);
    return Number(statementFor(text).run(...values).changes);
  };

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
    ...openBatchStore(db),
    /** What leaves and enters in files. */
    exchange: openExchangeStore(db),
    order: openQueueOrder(db),
    holds: openQueueHolds(db),
    plans: openPlanStore(db),

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
        const arrival: Arrival = {
          state: state === "planned" || state === "paused" ? state : "queued",
          priority,
          movedTo,
        };
        return insertTransfers(placeId, folder.siteNo, folder.batchId, children, arrival, nowMs);
      });
    },

    /** The folder a transfer means or lies in; null when the transfer is gone. */
    folderScope(id: number): FolderScope | null {
      const row = parseRow(sql.find.get(id));
      if (row === null) return null;
      return folderScopeOf(row, openerSchema.parse(sql.openedBy.get(row.placeId)).openedBy);
    },

    /** Sites with queued rows of a kind, in a steady order. */
    sitesWithQueued(kind: TransferKind): readonly SiteKey[] {
      return siteKeysSchema.parse(sql.sitesWithQueued.all(kind));
    },

    /** The row to run next, still queued; `except` holds rows that cannot run now. */
    nextQueued(siteNo: number, kind: TransferKind, except: readonly number[]): TransferRow | null {
      const unreadable: number[] = [];
      for (;;) {
        const found = sql.nextQueued.get(siteNo, kind, JSON.stringify([...except, ...unreadable]));
        const row = parseRow(found);
        if (found === undefined || row !== null) return row;
        unreadable.push(idFrom({ id: found.id }));
      }
    },

    find(id: number): TransferRow | null {
      return parseRow(sql.find.get(id));
    },

    stateOf(id: number): TransferState | null {
      const row = sql.stateOf.get(id);
      return row === undefined ? null : transferStateSchema.parse(row.state);
    },

    /** Several changes as one commit: half the cost for small files. What they allow may begin once it has returned. */
    together<T>(changes: () => T): T {
      return inTransaction(db, changes);
    },

    /** One row, one event. False when its state forbids the event: somebody else decided meanwhile, and the row stays as it is. */
    apply(id: number, event: TransferEvent, change: RowChange = {}): boolean {
      return update(event, [id], change) > 0;
    },

    /** One event for many rows at once. Returns how many it changed. */
    applyAll(ids: readonly number[], event: TransferEvent, change: RowChange = {}): number {
      return update(event, ids, change);
    },

    /** Planned rows that will not be moved: the user does not want them, or they never could be. */
    skipPlanned(ids: readonly number[], nowMs: number): void {
      sql.skipPlanned.run(nowMs, JSON.stringify(ids));
    },

    /** Ids of a scope in one of `states`, above `after`, ascending, at most `limit`: the steps of a long change. */
    selectIds(scope: RowScope, states: readonly TransferState[], after: number, limit: number): number[] {
      const { from, values } = selectionOf(scope);
      const where = "t.id > ? AND t.state IN (SELECT value FROM json_each(?))";
      const statement = statementFor(`SELECT t.id FROM ${from} AND ${where} ORDER BY t.id LIMIT ?`);
      return idsFrom(statement.all(...values, after, JSON.stringify(states), limit));
    },

    /** Rows that wait for an answer, ascending, without `except`. */
    waitingIds(
      reach: { readonly batchId: number } | { readonly direction: Direction } | null,
      except: readonly number[],
      limit: number,
    ): number[] {
      const batchId = reach !== null && "batchId" in reach ? reach.batchId : null;
      const direction = reach !== null && "direction" in reach ? reach.direction : null;
      return idsFrom(sql.waitingIds.all({ batchId, direction, except: JSON.stringify(except), limit }));
    },

    /** To be called before the first byte moves: from here on the target is partly ours. */
    begin(id: number, facts: BegunFacts, isText = false): void {
      sql.begin.run(
        ...[
          facts.begun,
          facts.targetName,
          facts.size,
          facts.modifiedMs,
          facts.oldSize,
          facts.oldModifiedMs,
          facts.partName,
        ],
        ...[isText ? 1 : 0, facts.identity ?? null, facts.size, id],
      );
    },

    checkpoint(id: number, bytesDone: number): void {
      sql.checkpoint.run(bytesDone, id);
    },

    setBatchRule(batchId: number, rule: ConflictAction): void {
      sql.setBatchRule.run(rule, batchId);
    },

    /** Backoff rows whose time has come are queued again. Returns how many. */
    releaseDue(nowMs: number): number {
      return Number(sql.releaseDue.run(nowMs).changes);
    },

    nextDueMs(): number | null {
      return nullableNumber.parse(sql.nextDue.get()?.at ?? null);
    },

    /** What ran when Portside ended goes on: `running`, `waiting` and `backoff` become `queued`. */
    recover(): number {
      return Number(sql.recover.run().changes);
    },

    /** Rows with an unfinished download on the disk, out of `ids`. */
    rowsWithPart(ids: readonly number[]): TransferRow[] {
      return sql.rowsWithPart.all(JSON.stringify(ids)).flatMap((row) => parseRow(row) ?? []);
    },

    /** Cancelled rows whose unfinished download is still there: Portside was killed between the two. */
    abandonedParts(): TransferRow[] {
      return sql.abandonedParts.all().flatMap((row) => parseRow(row) ?? []);
    },

    /** The unfinished download is gone: the next try begins at the beginning. */
    forgetParts(ids: readonly number[]): void {
      sql.forgetParts.run(JSON.stringify(ids));
    },

    /** What uploads of `ids` that have not been made read from. */
    unsentSources(ids: readonly number[]): readonly { readonly folder: string; readonly name: string }[] {
      return sourcesSchema.parse(sql.unsentSources.all(JSON.stringify(ids)));
    },

    /** Deletes ended rows of `ids`. What still runs or waits stays: it has to be cancelled first. */
    deleteEnded(ids: readonly number[]): number {
      return Number(sql.deleteEnded.run(JSON.stringify(ids)).changes);
    },

    /** Forgets places and batches without transfers. */
    tidy(): void {
      inTransaction(db, () => {
        sql.deleteEmptyPlaces.run();
        sql.deleteEmptyBatches.run();
      });
    },

    /** True while an upload that has not been made reads from this local folder or below it. */
    readsBelow(folder: string): boolean {
      return sql.readsBelow.get(folder) !== undefined;
    },

    /** True while transfers of this site wait, run or could be tried again. */
    needsSite(siteId: string): boolean {
      return sql.needsSite.get(siteId) !== undefined;
    },

    /** Sites with transfers that would go on by themselves. */
    sitesWaitedFor(): ReadonlySet<string> {
      return new Set(siteIdsSchema.parse(sql.sitesWaitedFor.all()).map(({ id }) => id));
    },

    counts(): readonly Count[] {
      return countsSchema.parse(sql.counts.all());
    },

    /** Rows `offset … offset + limit` of a tab: what runs first, then what waits in the order it will run in; ended ones latest first. */
    window(filter: QueueFilter, offset: number, limit: number): TransferRow[] {
      return sql[windowQueries[filter]].all(limit, offset).flatMap((row) => parseRow(row) ?? []);
    },

    /** Rows by their ids, in that order; those that are gone are left out. */
    rowsOf(ids: readonly number[]): TransferRow[] {
      return sql.rowsOf.all(JSON.stringify(ids)).flatMap((row) => parseRow(row) ?? []);
    },

    siteIds(): string[] {
      return sql.siteIds.all().map(({ id }) => String(id));
    },
    receipts: createReceiptStore(db),

    isProcessing(): boolean {
      return sql.getFlag.get("processing")?.value !== 0;
    },

    setProcessing(isProcessing: boolean): void {
      sql.setFlag.run("processing", isProcessing ? 1 : 0);
    },

    close(): void {
      db.close();
    },
  };
}

const windowQueries = { queued: "windowQueued", failed: "windowFailed", completed: "windowCompleted" } as const;

type Statements = Readonly<Record<keyof typeof queueQueries, StatementSync>>;

function prepareAll(db: DatabaseSync): Statements {
  const prepared = Object.entries(queueQueries).map(([name, text]) => [name, db.prepare(text)]);
  return Object.fromEntries(prepared) as Statements; // the keys are those of queueQueries
}

/** Statements whose text depends on what is asked, each prepared once. */
function keepStatements(db: DatabaseSync): (text: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (text) => {
    const statement = prepared.get(text) ?? db.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
}

const countsSchema = z.array(
  z.object({ kind: transferKindSchema, state: transferStateSchema, n: z.number(), bytes: z.number() }),
);
const siteSchema = z.object({ no: z.int(), isPaused: z.number() });
const folderStandingSchema = z.object({
  state: transferStateSchema,
  priority: z.int(),
  movedTo: z.nullable(z.number()),
});
const openerSchema = z.object({ openedBy: z.nullable(z.int()) });
const siteKeysSchema = z.array(z.object({ no: z.int(), id: z.string() }));
const siteIdsSchema = z.array(z.object({ id: z.string() }));
const namesSchema = z.array(z.object({ sourceName: z.string(), targetName: z.string() }));
const sourcesSchema = z.array(z.object({ folder: z.string(), name: z.string() }));
const idsSchema = z.array(z.object({ id: z.int() }));
const nullableNumber = z.nullable(z.number());

/** A row that cannot be read is left out: one damaged row must not stop the queue. */
function parseRow(row: unknown): TransferRow | null {
  if (row === undefined) return null;
  const parsed = transferRowSchema.safeParse(row);
  return parsed.success ? parsed.data : null;
}

function idsFrom(rows: unknown): number[] {
  return idsSchema.parse(rows).map(({ id }) => id);
}

function idFrom(row: unknown): number {
  return z.object({ id: z.int() }).parse(row).id;
}
