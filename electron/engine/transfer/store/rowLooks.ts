import * as z from "zod/mini";
import {
  type Direction,
  type QueueFilter,
  type TransferKind,
  type TransferState,
  transferKindSchema,
  transferStateSchema,
} from "../../../../shared/models/transfer.ts";
import type { TransferRow } from "../transferRow.ts";
import { idFrom, idsFrom, readRow, readRows } from "./readRows.ts";
import { type FolderScope, folderScopeOf, type RowScope, selectionOf } from "./rowScope.ts";
import type { QueueStatements, StatementFor } from "./statements.ts";

export type Count = {
  readonly kind: TransferKind;
  readonly state: TransferState;
  readonly n: number;
  readonly bytes: number;
};

/** Looks at the rows: one by one, in windows, by what they belong to, and counted. */
export function openRowLooks(sql: QueueStatements, statementFor: StatementFor) {
  return {
    find(id: number): TransferRow | null {
      return readRow(sql.find.get(id));
    },

    stateOf(id: number): TransferState | null {
      const row = sql.stateOf.get(id);
      return row === undefined ? null : transferStateSchema.parse(row.state);
    },

    /** The folder a transfer means or lies in; null when the transfer is gone. */
    folderScope(id: number): FolderScope | null {
      const row = readRow(sql.find.get(id));
      if (row === null) return null;
      return folderScopeOf(row, openerSchema.parse(sql.openedBy.get(row.placeId)).openedBy);
    },

    /** Rows `offset … offset + limit` of a tab: what runs first, then what waits in the order it will run in; ended ones latest first. */
    window(filter: QueueFilter, offset: number, limit: number): TransferRow[] {
      return readRows(sql[windowQueries[filter]].all(limit, offset));
    },

    /** Rows by their ids, in that order; those that are gone are left out. */
    rowsOf(ids: readonly number[]): TransferRow[] {
      return readRows(sql.rowsOf.all(JSON.stringify(ids)));
    },

    /** Ids of a scope in one of `states`, above `after` and not above `until`, ascending, at most `limit`: the steps of a long change. */
    selectIds(
      scope: RowScope,
      states: readonly TransferState[],
      after: number,
      limit: number,
      until = Number.MAX_SAFE_INTEGER,
    ): number[] {
      const { from, values } = selectionOf(scope);
      const where = "t.id > ? AND t.id <= ? AND t.state IN (SELECT value FROM json_each(?))";
      const statement = statementFor(`SELECT t.id FROM ${from} AND ${where} ORDER BY t.id LIMIT ?`);
      return idsFrom(statement.all(...values, after, until, JSON.stringify(states), limit));
    },

    /** The id of the row that was added last; 0 where none is left. */
    lastId(): number {
      return idFrom(sql.lastId.get());
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

    counts(): readonly Count[] {
      return countsSchema.parse(sql.counts.all());
    },

    siteIds(): string[] {
      return sql.siteIds.all().map(({ id }) => String(id));
    },

    /** True while transfers of this site wait, run or could be tried again. */
    needsSite(siteId: string): boolean {
      return sql.needsSite.get(siteId) !== undefined;
    },

    /** Sites with transfers that would go on by themselves. */
    sitesWaitedFor(): ReadonlySet<string> {
      return new Set(siteIdsSchema.parse(sql.sitesWaitedFor.all()).map(({ id }) => id));
    },
  };
}

const windowQueries = { queued: "windowQueued", failed: "windowFailed", completed: "windowCompleted" } as const;

const openerSchema = z.object({ openedBy: z.nullable(z.int()) });
const siteIdsSchema = z.array(z.object({ id: z.string() }));
const countsSchema = z.array(
  z.object({ kind: transferKindSchema, state: transferStateSchema, n: z.number(), bytes: z.number() }),
);
