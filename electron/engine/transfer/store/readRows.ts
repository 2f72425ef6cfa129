import * as z from "zod/mini";
import { type TransferRow, transferRowSchema } from "../transferRow.ts";

/** null: it is not there, or cannot be read. One damaged row must not stop the queue: it is left out. */
export function readRow(row: unknown): TransferRow | null {
  if (row === undefined) return null;
  const parsed = transferRowSchema.safeParse(row);
  return parsed.success ? parsed.data : null;
}

export function readRows(rows: readonly unknown[]): TransferRow[] {
  return rows.flatMap((row) => readRow(row) ?? []);
}

export function idsFrom(rows: unknown): number[] {
  return idsSchema.parse(rows).map(({ id }) => id);
}

export function idFrom(row: unknown): number {
  return idSchema.parse(row).id;
}

const idSchema = z.object({ id: z.int() });
const idsSchema = z.array(idSchema);
