import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import { type ErrorKind, errorKindSchema } from "../../../../shared/errors/errorKind.ts";
import {
  type PlanAction,
  type PlanChoice,
  type PlanNote,
  type PlanPart,
  type PlanReason,
  planActionSchema,
  planNoteSchema,
  planReasonSchema,
} from "../../../../shared/models/plan.ts";
import { type Direction, directionSchema, transferKindSchema } from "../../../../shared/models/transfer.ts";
import { inTransaction } from "../../db/openDatabase.ts";
import { transferLife } from "../transferLife.ts";
import { type TransferRow, transferRowSchema } from "../transferRow.ts";
import type { TargetFacts } from "../upload/targetFolders.ts";
import { filterConditions, filterOrders, rowColumns, rowJoins } from "./queueQueries.ts";
import { idsFrom, readRows } from "./readRows.ts";

/**
 * How a drop waits. "asked": until the user starts it. "automatic": it starts by itself unless it turns out to be large. "starting": it has
 * been started, and becomes the queue step by step.
 */
const planStateSchema = z.enum(["asked", "automatic", "starting"]);
export type PlanState = z.infer<typeof planStateSchema>;

/** What has been found out about one planned row. What is left out is nothing, or not known. */
export type Finding = {
  readonly action: PlanAction;
  readonly reason: PlanReason;
  readonly rule?: string | null;
  readonly note?: PlanNote | null;
  readonly errorKind?: ErrorKind | null;
  /** A free name beside what stands at the target. */
  readonly newName?: string | null;
  /** The file that stands at the target. */
  readonly standing?: TargetFacts | null;
  readonly canResume?: boolean;
  /** The source's, where it is known better than before. */
  readonly size?: number | null;
};

export type PlanCount = z.infer<typeof countSchema>;
export type PlannedBatch = z.infer<typeof batchSchema>;
export type PlannedRow = z.infer<typeof plannedRowSchema>;
export type DoneSample = z.infer<typeof doneSchema>;
export type PlanStore = ReturnType<typeof openPlanStore>;

const batchColumns = "b.id AS batchId, s.id AS siteId, b.direction, b.root, b.plan AS state";
const planColumns = `pl.action AS action, pl.reason AS reason, pl.rule AS rule, nullif(pl.note, '') AS note, pl.error_kind AS planError,
  pl.size AS knownSize`;

/** Each query by name; a test asks SQLite for the plan of every one. */
export const planQueries = {
  batches: `SELECT ${batchColumns} FROM batches b JOIN sites s ON s.no = b.site WHERE b.plan IS NOT NULL ORDER BY b.id`,
  batch: `SELECT ${batchColumns} FROM batches b JOIN sites s ON s.no = b.site WHERE b.id = ? AND b.plan IS NOT NULL`,
  setState: "UPDATE batches SET plan = ? WHERE id = ?",
  forgetEmpty: `UPDATE batches SET plan = NULL WHERE plan IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM plan_counts c WHERE c.batch = batches.id AND c.n > 0)`,
  counts:
    "SELECT action, kind, is_noted AS isNoted, n, bytes FROM plan_counts WHERE batch = ? AND n > 0 ORDER BY action, kind",
  nextPlace: "SELECT place FROM plans WHERE batch = ? AND action = 'pending' ORDER BY place LIMIT 1",
  pending: `SELECT ${rowColumns} FROM (SELECT transfer AS planId FROM plans WHERE batch = ? AND action = 'pending' AND place = ?
    ORDER BY transfer LIMIT ?) n JOIN transfers t ON t.id = n.planId ${rowJoins}`,
  note: `UPDATE plans SET action = :action, reason = :reason, rule = :rule, note = :note, error_kind = :errorKind, new_name = :newName,
    stands = :stands, can_resume = :canResume, target_size = :targetSize, target_modified_ms = :targetModifiedMs,
    target_precision = :targetPrecision, size = coalesce(:size, size), ruled_action = :action, ruled_reason = :reason
    WHERE transfer = :id AND action = 'pending'`,
  skip: `UPDATE plans SET action = 'skip', reason = 'choice' WHERE transfer IN (SELECT value FROM json_each(?))
    AND action NOT IN ('pending', 'skip')`,
  choose: `UPDATE plans SET action = :choice, reason = 'choice' WHERE transfer IN (SELECT value FROM json_each(:ids))
    AND kind = 'file' AND stands = 1 AND action <> 'pending' AND (:choice <> 'resume' OR can_resume = 1)`,
  asRuled: `UPDATE plans SET action = ruled_action, reason = ruled_reason WHERE transfer IN (SELECT value FROM json_each(?))
    AND action <> 'pending' AND reason = 'choice'`,
  idsOfAll:
    "SELECT transfer AS id FROM plans WHERE batch = :batchId AND transfer > :after ORDER BY transfer LIMIT :limit",
  idsOfAction: `SELECT transfer AS id FROM plans WHERE batch = :batchId AND action = :part AND transfer > :after
    ORDER BY transfer LIMIT :limit`,
  idsOfNames: `SELECT transfer AS id FROM plans WHERE batch = :batchId AND note <> '' AND transfer > :after
    ORDER BY transfer LIMIT :limit`,
  idsIn: `SELECT t.id FROM json_each(?) j CROSS JOIN places p ON p.opened_by = j.value CROSS JOIN transfers t ON t.place = p.id
    ORDER BY t.id`,
  folders: "SELECT transfer AS id FROM plans WHERE transfer IN (SELECT value FROM json_each(?)) AND kind = 'folder'",
  skipped: `SELECT pl.transfer AS id FROM plans pl JOIN transfers t ON t.id = pl.transfer
    WHERE pl.transfer IN (SELECT value FROM json_each(?)) AND (pl.action = 'skip' AND pl.reason = 'choice' OR t.skipped IS NOT NULL)`,
  endSkipped: `UPDATE transfers SET state = '${transferLife.skip.to}', skipped = coalesce(skipped, 'user'), finished_ms = ?
    WHERE id IN (SELECT value FROM json_each(?)) AND state = 'planned'`,
  windowAll: windowQuery("TRUE"),
  windowAction: windowQuery("action = :part"),
  windowNames: windowQuery("note <> ''"),
  recentDone: `SELECT t.size, t.started_ms AS startedMs, t.finished_ms AS finishedMs FROM (SELECT id AS doneId FROM transfers
      WHERE ${filterConditions.completed} ORDER BY ${filterOrders.completed} LIMIT 500) d JOIN transfers t ON t.id = d.doneId
    JOIN places p ON p.id = t.place JOIN batches b ON b.id = p.batch JOIN sites s ON s.no = b.site
    WHERE t.state = 'done' AND t.kind = 'file' AND t.skipped IS NULL AND t.size IS NOT NULL AND t.started_ms IS NOT NULL
    AND b.direction = ? AND s.id = ?`,
} as const;

function windowQuery(condition: string): string {
  return `SELECT ${rowColumns}, ${planColumns} FROM (SELECT transfer AS planId FROM plans WHERE batch = :batchId AND ${condition}
    ORDER BY transfer LIMIT :limit OFFSET :offset) w CROSS JOIN transfers t ON t.id = w.planId ${rowJoins} ORDER BY t.id`;
}

/** The SQL about plans. Each call is one committed change. */
export function openPlanStore(db: DatabaseSync) {
  const prepared = Object.entries(planQueries).map(([name, text]) => [name, db.prepare(text)] as const);
  const sql = Object.fromEntries(prepared) as Record<keyof typeof planQueries, ReturnType<DatabaseSync["prepare"]>>;

  return {
    /** Drops that wait as plans, or are being started. */
    batches: (): readonly PlannedBatch[] => z.array(batchSchema).parse(sql.batches.all()),
    /** null: it is no plan, or none any more. */
    batch: (batchId: number): PlannedBatch | null => {
      const row = sql.batch.get(batchId);
      return row === undefined ? null : batchSchema.parse(row);
    },
    /** null: it is no plan any more. */
    setState: (batchId: number, state: PlanState | null): void => {
      sql.setState.run(state, batchId);
    },
    /** Plans that nothing is left of are none. */
    forgetEmpty: (): void => {
      sql.forgetEmpty.run();
    },

    counts: (batchId: number): readonly PlanCount[] => z.array(countSchema).parse(sql.counts.all(batchId)),

    isPending: (batchId: number): boolean => sql.nextPlace.get(batchId) !== undefined,
    /** The next rows that nobody has looked at, all of one place. */
    pending: (batchId: number, limit: number): readonly TransferRow[] => {
      const next = sql.nextPlace.get(batchId);
      if (next === undefined) return [];
      const { place } = placeSchema.parse(next);
      return readRows(sql.pending.all(batchId, place, limit));
    },

    note: (findings: ReadonlyMap<number, Finding>): void => {
      inTransaction(db, () => {
        for (const [id, finding] of findings) {
          const { action, reason, rule = null, note = null, errorKind = null, newName = null, size = null } = finding;
          const { standing = null, canResume = false } = finding;
          sql.note.run({
            ...{ id, action, reason, rule, note: note ?? "", errorKind, newName, size },
            stands: standing === null ? 0 : 1,
            canResume: canResume ? 1 : 0,
            targetSize: standing?.size ?? null,
            targetModifiedMs: standing?.modifiedMs ?? null,
            targetPrecision: standing?.precision ?? null,
          });
        }
      });
    },

    /** What the user wants of these rows; those that it makes no sense for stay as they are. */
    choose: (ids: readonly number[], choice: PlanChoice): void => {
      const rows = JSON.stringify(ids);
      if (choice === "skip") sql.skip.run(rows);
      else if (choice === "as-planned") sql.asRuled.run(rows);
      else sql.choose.run({ choice, ids: rows });
    },

    /** Ids of a part, above `after`, ascending: the steps of a long change. */
    idsOf: (batchId: number, part: PlanPart, after: number, limit: number): number[] => {
      const range = { batchId, after, limit };
      if (part === "all") return idsFrom(sql.idsOfAll.all(range));
      return idsFrom(part === "names" ? sql.idsOfNames.all(range) : sql.idsOfAction.all({ ...range, part }));
    },
    /** Those of them that are folders. */
    foldersOf: (ids: readonly number[]): number[] => idsFrom(sql.folders.all(JSON.stringify(ids))),
    /** What these folders hold, without what is further below. */
    idsIn: (folderIds: readonly number[]): number[] => idsFrom(sql.idsIn.all(JSON.stringify(folderIds))),
    /** Those of them that are over as soon as the plan starts: the user wants them skipped, or they never could be moved. */
    skippedOf: (ids: readonly number[]): number[] => idsFrom(sql.skipped.all(JSON.stringify(ids))),

    endSkipped: (ids: readonly number[], nowMs: number): void => {
      sql.endSkipped.run(nowMs, JSON.stringify(ids));
    },

    planWindow: (batchId: number, part: PlanPart, offset: number, limit: number): PlannedRow[] => {
      const range = { batchId, offset, limit };
      const statement = part === "all" ? sql.windowAll : part === "names" ? sql.windowNames : sql.windowAction;
      const rows = statement.all(part === "all" || part === "names" ? range : { ...range, part });
      return rows.flatMap((row) => {
        const parsed = plannedRowSchema.safeParse(row);
        return parsed.success ? [parsed.data] : []; // one damaged row must not hide the others
      });
    },

    /** Files that went that way to or from a site lately. */
    recentDone: (direction: Direction, siteId: string): readonly DoneSample[] =>
      z.array(doneSchema).parse(sql.recentDone.all(direction, siteId)),
  };
}

const placeSchema = z.object({ place: z.int() });
const batchSchema = z.object({
  batchId: z.int(),
  siteId: z.string(),
  direction: directionSchema,
  root: z.string(),
  state: planStateSchema,
});
const countSchema = z.object({
  action: z.enum(["pending", ...planActionSchema.options]),
  kind: transferKindSchema,
  isNoted: z.number(),
  n: z.number(),
  bytes: z.number(),
});
const plannedRowSchema = z.extend(transferRowSchema, {
  action: z.enum(["pending", ...planActionSchema.options]),
  reason: z.nullable(planReasonSchema),
  rule: z.nullable(z.string()),
  note: z.nullable(planNoteSchema),
  planError: z.nullable(errorKindSchema),
  knownSize: z.nullable(z.number()),
});
const doneSchema = z.object({ size: z.number(), startedMs: z.number(), finishedMs: z.number() });
