import * as z from "zod/mini";
import type { TransferKind } from "../../../../shared/models/transfer.ts";
import type { TransferEvent } from "../transferLife.ts";
import type { Begun, TransferRow } from "../transferRow.ts";
import { idFrom, readRow } from "./readRows.ts";
import { type RowChange, writeUpdate } from "./rowChange.ts";
import type { QueueStatements, StatementFor } from "./statements.ts";

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

export type SiteKey = { readonly no: number; readonly id: string };

/** The life of rows: which runs next, and what is written down of a try. */
export function openRowLife(sql: QueueStatements, statementFor: StatementFor) {
  const update = (event: TransferEvent, ids: readonly number[], change: RowChange): number => {
    const { text, values } = writeUpdate(event, ids, change);
    return Number(statementFor(text).run(...values).changes);
  };

  return {
    /** Sites with queued rows of a kind, in a steady order. */
    sitesWithQueued(kind: TransferKind): readonly SiteKey[] {
      return siteKeysSchema.parse(sql.sitesWithQueued.all(kind));
    },

    /** The row to run next, still queued; `except` holds rows that cannot run now. */
    nextQueued(siteNo: number, kind: TransferKind, except: readonly number[]): TransferRow | null {
      const unreadable: number[] = [];
      for (;;) {
        const found = sql.nextQueued.get(siteNo, kind, JSON.stringify([...except, ...unreadable]));
        const row = readRow(found);
        if (found === undefined || row !== null) return row;
        unreadable.push(idFrom({ id: found.id }));
      }
    },

    /** One row, one event. False when its state forbids the event: somebody else decided meanwhile, and the row stays as it is. */
    apply(id: number, event: TransferEvent, change: RowChange = {}): boolean {
      return update(event, [id], change) > 0;
    },

    /** One event for many rows at once. Returns how many it changed. */
    applyAll(ids: readonly number[], event: TransferEvent, change: RowChange = {}): number {
      return update(event, ids, change);
    },

    /** To be called before the first byte moves: from here on the target is partly ours. */
    begin(id: number, facts: BegunFacts, isText = false): void {
      const { begun, targetName, size, modifiedMs, oldSize, oldModifiedMs, partName, identity = null } = facts;
      sql.begin.run(
        ...[begun, targetName, size, modifiedMs, oldSize, oldModifiedMs, partName],
        ...[isText ? 1 : 0, identity, size, id],
      );
    },

    checkpoint(id: number, bytesDone: number): void {
      sql.checkpoint.run(bytesDone, id);
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

    /** Deletes ended rows of `ids`. What still runs or waits stays: it has to be cancelled first. */
    deleteEnded(ids: readonly number[]): number {
      return Number(sql.deleteEnded.run(JSON.stringify(ids)).changes);
    },
  };
}

const siteKeysSchema = z.array(z.object({ no: z.int(), id: z.string() }));
const nullableNumber = z.nullable(z.number());
