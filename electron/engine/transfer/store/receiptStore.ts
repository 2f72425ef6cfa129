import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import { type Checksum, checksumAlgorithmSchema } from "../../../../shared/models/checksum.ts";
import {
  checkResultSchema,
  type EvidenceLevel,
  evidenceLevelSchema,
  type LaterCheck,
  type RestartReason,
  receiptSideSchema,
  restartReasonSchema,
} from "../../../../shared/models/evidence.ts";
import { directionSchema } from "../../../../shared/models/transfer.ts";
import { receiptQueries } from "./receiptQueries.ts";

/** What a try proves of the file it has moved. */
export type Proof = {
  readonly size: number;
  /** Of our side's bytes; null: not counted (text). */
  readonly sha256: string | null;
  readonly level: EvidenceLevel;
  readonly server: Checksum | null;
  readonly restarted: RestartReason | null;
};

const receiptRowSchema = z.object({
  id: z.int(),
  direction: directionSchema,
  siteId: z.string(),
  sourceFolder: z.string(),
  targetFolder: z.string(),
  sourceName: z.string(),
  targetName: z.string(),
  size: z.number(),
  sha256: z.nullable(z.string()),
  level: evidenceLevelSchema,
  serverAlgorithm: z.nullable(checksumAlgorithmSchema),
  serverValue: z.nullable(z.string()),
  restarted: z.nullable(restartReasonSchema),
  atMs: z.number(),
  checkSide: z.nullable(receiptSideSchema),
  checkResult: z.nullable(checkResultSchema),
  checkLevel: z.nullable(evidenceLevelSchema),
  checkMs: z.nullable(z.number()),
});
/** A receipt with the place of its transfer, as the queue's file holds it. */
export type ReceiptRow = z.infer<typeof receiptRowSchema>;

export type ReceiptStore = ReturnType<typeof createReceiptStore>;

/** The receipts in the queue's file, and the only SQL about them. A receipt goes with its transfer. */
export function createReceiptStore(db: DatabaseSync) {
  const insert = db.prepare(receiptQueries.insert);
  const readIds = db.prepare(receiptQueries.readIds);
  const pageOfIds = db.prepare(receiptQueries.pageOfIds);
  const pageOfTab = db.prepare(receiptQueries.pageOfTab);
  const noteCheck = db.prepare(receiptQueries.noteCheck);

  return {
    /** To be called in the commit that says the transfer is done. */
    keep(transferId: number, { size, sha256, level, server, restarted }: Proof, nowMs: number): void {
      insert.run(
        ...[transferId, size, sha256, level, server?.algorithm ?? null, server?.value ?? null, restarted, nowMs],
      );
    },

    read(ids: readonly number[]): ReceiptRow[] {
      return readIds.all(JSON.stringify(ids)).flatMap(parseRow);
    },

    /** Receipts behind `after`, at most `limit`, by their transfers: named ones (null: all of the completed tab). `next`: where to go on. */
    page(ids: readonly number[] | null, after: number, limit: number) {
      const rows = ids === null ? pageOfTab.all(after, limit) : pageOfIds.all(after, JSON.stringify(ids), limit);
      const next = rows.length < limit ? null : z.int().parse(rows.at(-1)?.id);
      return { rows: rows.flatMap(parseRow), next };
    },

    noteCheck(transferId: number, { side, result, level, atMs }: LaterCheck): void {
      noteCheck.run(side, result, level, atMs, transferId);
    },
  };
}

/** A row that cannot be read is left out: one damaged receipt must not hide the others. */
function parseRow(row: unknown): ReceiptRow[] {
  const parsed = receiptRowSchema.safeParse(row);
  return parsed.success ? [parsed.data] : [];
}
