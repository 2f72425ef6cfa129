import type { SQLInputValue } from "node:sqlite";
import type { ErrorKind } from "../../../../shared/errors/errorKind.ts";
import type { ConflictAction } from "../../../../shared/models/prompt.ts";
import type { SkipReason } from "../../../../shared/models/transfer.ts";
import { type TransferEvent, transferLife } from "../transferLife.ts";

/** What goes with an event into a row; what is left out stays. */
export type RowChange = {
  readonly bytesDone?: number;
  readonly attempts?: number;
  readonly error?: { readonly kind: ErrorKind; readonly text: string } | null;
  readonly skipped?: SkipReason | null;
  /** The names of the rule that wanted it skipped. */
  readonly skippedBy?: string | null;
  readonly retryAtMs?: number | null;
  readonly startedMs?: number | null;
  readonly finishedMs?: number | null;
  readonly decision?: ConflictAction | null;
  readonly targetName?: string;
  readonly partName?: string | null;
};

/** The life of a transfer as an UPDATE with its values: rows whose state forbids the event stay as they are. */
export function writeUpdate(event: TransferEvent, ids: readonly number[], change: RowChange) {
  const { from, to } = transferLife[event];
  const values = Object.entries(columnsOf(change));
  const assignments = ["state = ?", ...values.map(([column]) => `${column} = ?`)].join(", ");
  const isOne = ids.length === 1;
  const rows = isOne ? "id = ?" : "id IN (SELECT value FROM json_each(?))";
  const states = from.map((state) => `'${state}'`).join(", ");
  const key = isOne ? (ids[0] ?? null) : JSON.stringify(ids);
  return {
    text: `UPDATE transfers SET ${assignments} WHERE ${rows} AND state IN (${states})`,
    values: [to, ...values.map(([, value]) => value), key],
  };
}

function columnsOf(change: RowChange): Record<string, SQLInputValue> {
  const columns: Record<string, SQLInputValue | undefined> = {
    bytes_done: change.bytesDone,
    attempts: change.attempts,
    error_kind: change.error === undefined ? undefined : (change.error?.kind ?? null),
    error_text: change.error === undefined ? undefined : (change.error?.text ?? null),
    skipped: change.skipped,
    skipped_by: change.skippedBy,
    retry_at_ms: change.retryAtMs,
    started_ms: change.startedMs,
    finished_ms: change.finishedMs,
    decision: change.decision,
    target_name: change.targetName,
    part_name: change.partName,
  };
  const given: Record<string, SQLInputValue> = {};
  for (const [column, value] of Object.entries(columns)) if (value !== undefined) given[column] = value;
  return given;
}
