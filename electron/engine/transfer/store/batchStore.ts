import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import { errorKindSchema } from "../../../../shared/errors/errorKind.ts";
import { evidenceLevelSchema } from "../../../../shared/models/evidence.ts";
import { directionSchema, skipReasonSchema, transferKindSchema } from "../../../../shared/models/transfer.ts";
import { filterConditions } from "./queueQueries.ts";

/** Each query by name; a test asks SQLite for the plan of every one. */
export const batchQueries = {
  /** What is at work stands first, in the queue's order; then what has ended, the latest first. */
  window: `SELECT b.id, s.id AS siteId, b.direction, b.root, b.title, b.sources, b.files, b.folders, b.bytes,
      b.created_ms AS createdMs, b.plan IS NOT NULL AS isPlan, b.files + b.folders - coalesce(e.n, 0) AS left
    FROM batches b JOIN sites s ON s.no = b.site
    LEFT JOIN (SELECT batch, sum(n) AS n FROM batch_ends GROUP BY batch) e ON e.batch = b.id
    ORDER BY b.files + b.folders <= coalesce(e.n, 0),
      CASE WHEN b.files + b.folders > coalesce(e.n, 0) THEN b.id ELSE -b.id END LIMIT ? OFFSET ?`,
  total: "SELECT count(*) AS n FROM batches",
  ends: `SELECT batch, kind, outcome, reason, n, bytes, last_ms AS lastMs FROM batch_ends
    WHERE batch IN (SELECT value FROM json_each(?)) ORDER BY n DESC`,
  proofs: "SELECT batch, level, n FROM batch_proofs WHERE batch IN (SELECT value FROM json_each(?))",
  /** Bytes of transfers that have not ended: those that run, and those that were stopped half-way. */
  begun: `SELECT p.batch, sum(t.bytes_done) AS bytes FROM transfers t CROSS JOIN places p ON p.id = t.place
    WHERE t.bytes_done > 0 AND t.${filterConditions.queued} GROUP BY p.batch`,
} as const;

export type BatchRow = z.infer<typeof batchRowSchema>;
/** How some transfers of a batch have ended. */
export type BatchEnd = z.infer<typeof batchEndSchema>;
/** How many files of a batch are proved in one way. */
export type BatchProof = z.infer<typeof batchProofSchema>;
export type BatchStore = ReturnType<typeof openBatchStore>;

/** The queue by drops. How many of a drop have ended in which way is counted as it happens: no look at a drop counts its rows. */
export function openBatchStore(db: DatabaseSync) {
  const window = db.prepare(batchQueries.window);
  const total = db.prepare(batchQueries.total);
  const ends = db.prepare(batchQueries.ends);
  const proofs = db.prepare(batchQueries.proofs);
  const begun = db.prepare(batchQueries.begun);
  return {
    batchTotal: (): number => countSchema.parse(total.get()).n,
    batchWindow: (offset: number, limit: number): BatchRow[] =>
      z.array(batchRowSchema).parse(window.all(limit, offset)),
    /** Of these batches, the most frequent first. */
    batchEnds: (ids: readonly number[]): BatchEnd[] =>
      ends.all(JSON.stringify(ids)).flatMap((row) => {
        const parsed = batchEndSchema.safeParse(row);
        return parsed.success ? [parsed.data] : [];
      }),
    /** Of these batches. */
    batchProofs: (ids: readonly number[]): BatchProof[] =>
      proofs.all(JSON.stringify(ids)).flatMap((row) => {
        const parsed = batchProofSchema.safeParse(row);
        return parsed.success ? [parsed.data] : [];
      }),
    /** Bytes that transfers have moved which have not ended, by batch. */
    batchBytesBegun: (): ReadonlyMap<number, number> =>
      new Map(
        z
          .array(begunSchema)
          .parse(begun.all())
          .map(({ batch, bytes }) => [batch, bytes]),
      ),
  };
}

const countSchema = z.object({ n: z.number() });
const begunSchema = z.object({ batch: z.int(), bytes: z.number() });
const batchProofSchema = z.object({ batch: z.int(), level: evidenceLevelSchema, n: z.number() });
const batchRowSchema = z.object({
  id: z.int(),
  siteId: z.string(),
  direction: directionSchema,
  root: z.string(),
  title: z.nullable(z.string()),
  sources: z.number(),
  files: z.number(),
  folders: z.number(),
  bytes: z.number(),
  createdMs: z.number(),
  isPlan: z.pipe(
    z.literal([0, 1]),
    z.transform((number) => number === 1),
  ),
  left: z.number(),
});
const endFacts = {
  batch: z.int(),
  kind: transferKindSchema,
  n: z.number(),
  bytes: z.number(),
  lastMs: z.nullable(z.number()),
};
const batchEndSchema = z.discriminatedUnion("outcome", [
  z.object({ ...endFacts, outcome: z.literal(["done", "cancelled"]) }),
  z.object({ ...endFacts, outcome: z.literal("skipped"), reason: skipReasonSchema }),
  z.object({ ...endFacts, outcome: z.literal("failed"), reason: errorKindSchema }),
]);
