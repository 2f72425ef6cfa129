import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import type { TransferKind } from "../../../../shared/models/transfer.ts";
import type { Shift } from "../order/roomBetween.ts";
import { filterConditions, runOrder } from "./queueQueries.ts";

/** Where a row stands: the highest priority first, in it the lowest position, at one position the oldest. */
export type Standing = { readonly priority: number; readonly position: number; readonly id: number };

/** How far rows lie apart that are to move together. */
export type Span = {
  readonly lowest: number;
  readonly highest: number;
  readonly first: number;
  readonly last: number;
  /** 1: some of them stand between two whole numbers. */
  readonly isBroken: number;
};

export type QueueOrder = ReturnType<typeof openQueueOrder>;

const isOpen = filterConditions.queued;
const position = "coalesce(moved_to, id)";

/** Each query by name; a test asks SQLite for the plan of every one. A row is found among a million by the index of the open rows. */
export const orderQueries = {
  standing: `SELECT id, priority, ${position} AS position FROM transfers WHERE id = ? AND ${isOpen}`,
  first: `SELECT id, priority, ${position} AS position FROM transfers WHERE ${isOpen} ORDER BY ${runOrder} LIMIT 1`,
  last: `SELECT id, priority, ${position} AS position FROM transfers WHERE ${isOpen}
    ORDER BY priority, ${position} DESC, id DESC LIMIT 1`,
  ahead: `SELECT id, priority, ${position} AS position FROM transfers WHERE ${isOpen}
    AND priority = :priority AND ${position} <= :position AND (${position} < :position OR id < :id) ORDER BY ${position} DESC, id DESC LIMIT 1`,
  behind: `SELECT id, priority, ${position} AS position FROM transfers WHERE ${isOpen}
    AND priority = :priority AND ${position} >= :position AND (${position} > :position OR id > :id) ORDER BY ${position}, id LIMIT 1`,
  priorityOfNext: `SELECT priority FROM transfers WHERE site = ? AND kind = ? AND state = 'queued' ORDER BY ${runOrder} LIMIT 1`,
  nextId: "SELECT seq + 1 AS id FROM sqlite_sequence WHERE name = 'transfers'",
  span: `SELECT min(priority) AS lowest, max(priority) AS highest, min(${position}) AS first, max(${position}) AS last,
    coalesce(max(moved_to <> round(moved_to)), 0) AS isBroken
    FROM transfers WHERE id IN (SELECT value FROM json_each(?)) AND ${isOpen}`,
  setPriority: `UPDATE transfers SET priority = ? WHERE id IN (SELECT value FROM json_each(?)) AND ${isOpen}`,
  changePriority: `UPDATE transfers SET priority = max(min(priority + ?, 2), -2)
    WHERE id IN (SELECT value FROM json_each(?)) AND ${isOpen}`,
  shift: `UPDATE transfers SET priority = :priority, moved_to = :to + :scale *
    ((:highest - priority) * :width + min(max(${position} - :first, 0), :width - 1))
    WHERE id IN (SELECT value FROM json_each(:ids)) AND ${isOpen}`,
  countUpTo: `SELECT count(*) AS n FROM transfers WHERE ${isOpen}
    AND priority = :priority AND ${position} <= :position AND (${position} < :position OR id <= :id)`,
  idsUpTo: `SELECT id FROM transfers WHERE ${isOpen} AND priority = :priority AND ${position} BETWEEN :from AND :position
    AND (${position} < :position OR id <= :id) ORDER BY ${position}, id LIMIT :limit`,
  sort: `SELECT id FROM transfers WHERE id IN (SELECT value FROM json_each(?)) AND ${isOpen} ORDER BY ${runOrder}`,
  place: `UPDATE transfers SET priority = :priority, moved_to = :to + :scale * j.key FROM json_each(:ids) j
    WHERE transfers.id = j.value AND ${isOpen}`,
} as const;

/** The SQL about the order that rows run in. Each call is one committed change. */
export function openQueueOrder(db: DatabaseSync) {
  const prepared = Object.entries(orderQueries).map(([name, text]) => [name, db.prepare(text)] as const);
  const sql = Object.fromEntries(prepared) as Record<keyof typeof orderQueries, ReturnType<DatabaseSync["prepare"]>>;

  return {
    /** null: the row has ended, or is gone. */
    standingOf: (id: number): Standing | null => standingFrom(sql.standing.get(id)),
    first: (): Standing | null => standingFrom(sql.first.get()),
    last: (): Standing | null => standingFrom(sql.last.get()),
    /** The row of the same priority that stands directly ahead. */
    ahead: (of: Standing): Standing | null => standingFrom(sql.ahead.get(of)),
    behind: (of: Standing): Standing | null => standingFrom(sql.behind.get(of)),
    /** The priority of what a site will run next. */
    priorityOfNext: (siteNo: number, kind: TransferKind): number =>
      z.object({ priority: z.int() }).parse(sql.priorityOfNext.get(siteNo, kind) ?? { priority: 0 }).priority,
    /** Where the next row that is added will stand. */
    nextPosition: (): number => z.object({ id: z.number() }).parse(sql.nextId.get() ?? { id: 1 }).id,

    /** null: all of them have ended. */
    spanOf: (ids: readonly number[]): Span | null => {
      const span = spanSchema.safeParse(sql.span.get(JSON.stringify(ids)));
      return span.success ? span.data : null;
    },

    setPriority: (ids: readonly number[], priority: number): void => {
      sql.setPriority.run(priority, JSON.stringify(ids));
    },
    /** Up or down by words; the outer ones stay what they are. */
    changePriority: (ids: readonly number[], by: number): void => {
      sql.changePriority.run(by, JSON.stringify(ids));
    },

    /** Those of them that are open, in the order they stand in. */
    sort: (ids: readonly number[]): number[] => idsFrom(sql.sort.all(JSON.stringify(ids))),
    /** Gives rows their places one after the other, in this order. */
    place: (ids: readonly number[], priority: number, { scale, to }: Shift): void => {
      sql.place.run({ ids: JSON.stringify(ids), priority, scale, to });
    },

    /** Moves rows of one span to where `shift` leads, in the order they stand in. */
    shift: (ids: readonly number[], priority: number, { highest, first, last }: Span, { scale, to }: Shift): void => {
      sql.shift.run({ ids: JSON.stringify(ids), priority, highest, first, width: last - first + 1, scale, to });
    },

    /** How many open rows of its priority stand up to and including a row. */
    countUpTo: (end: Standing): number => z.object({ n: z.number() }).parse(sql.countUpTo.get(end)).n,
    /** The ids of the first of them from a position on, in order. */
    idsUpTo: (end: Standing, from: number, limit: number): number[] =>
      idsFrom(sql.idsUpTo.all({ ...end, from, limit })),
  };
}

const standingSchema = z.object({ id: z.int(), priority: z.int(), position: z.number() });
const spanSchema = z.object({
  lowest: z.int(),
  highest: z.int(),
  first: z.number(),
  last: z.number(),
  isBroken: z.number(),
});

function idsFrom(rows: unknown): number[] {
  return z
    .array(z.object({ id: z.int() }))
    .parse(rows)
    .map(({ id }) => id);
}

function standingFrom(row: unknown): Standing | null {
  return row === undefined ? null : standingSchema.parse(row);
}
