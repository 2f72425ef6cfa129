import * as z from "zod/mini";
import type { TransferKind } from "../../../../shared/models/transfer.ts";
import type { TransferEvent } from "../transferLife.ts";
import type { Begun, TransferRow } from "../transferRow.ts";
import { idsFrom, readRow } from "./readRows.ts";
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

  /** Rows to run next, still queued, at most `limit`; `except` holds rows that cannot run now. A row that cannot be read is passed over. */
  function nextQueued(siteNo: number, kind: TransferKind, except: readonly number[], limit: number): TransferRow[] {
    const unreadable: number[] = [];
    for (;;) {
      const ids = idsFrom(sql.nextQueued.all(siteNo, kind, JSON.stringify([...except, ...unreadable]), limit));
      const rows = ids.flatMap((id) => find(id) ?? []);
      if (rows.length === ids.length) return rows;
      const read = new Set(rows.map(({ id }) => id));
      unreadable.push(...ids.filter((id) => !read.has(id)));
    }
  }

  function find(id: number): TransferRow | null {
    return readRow(sql.find.get(id));
  }

  return {
    /** Sites with queued rows of a kind, in a steady order. */
    sitesWithQueued(kind: TransferKind): readonly SiteKey[] {
      return siteKeysSchema.parse(sql.sitesWithQueued.all(kind));
    },

    nextQueued,

    /** The row to run next, as `nextQueued`; null: there is none. */
    nextOne: (siteNo: number, kind: TransferKind, except: readonly number[]): TransferRow | null =>
      nextQueued(siteNo, kind, except, 1)[0] ?? null,

    /** Claims a queued row of which is known what `begin` will write: both at once. False when it is queued no more. */
    claimBegun(id: number, startedMs: number, facts: BegunFacts): boolean {
      return Number(sql.claimBegun.run(startedMs, ...begunValues(facts), 0, facts.identity ?? null, id).changes) > 0;
    },

    /** The next file smaller than `bytes`, or of unknown size, among the 500 that are next at this priority. */
    nextSmall(siteNo: number, priority: number, bytes: number, except: readonly number[]): TransferRow | null {
      const [id] = idsFrom(sql.nextSmall.all(siteNo, priority, JSON.stringify(except), bytes));
      return id === undefined ? null : find(id);
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
      sql.begin.run(...begunValues(facts), isText ? 1 : 0, facts.identity ?? null, facts.size, id);
    },

    /** What was written with the claim has not been begun. */
    takeBackBegin(id: number): void {
      sql.takeBackBegin.run(id);
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

function begunValues({ begun, targetName, size, modifiedMs, oldSize, oldModifiedMs, partName }: BegunFacts) {
  return [begun, targetName, size, modifiedMs, oldSize, oldModifiedMs, partName];
}

const siteKeysSchema = z.array(z.object({ no: z.int(), id: z.string() }));
const nullableNumber = z.nullable(z.number());
