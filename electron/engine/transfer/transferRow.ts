import { sep } from "node:path";
import * as z from "zod/mini";
import { errorKindSchema } from "../../../shared/errors/errorKind.ts";
import { timePrecisionSchema } from "../../../shared/models/entry.ts";
import { checkResultSchema, evidenceLevelSchema } from "../../../shared/models/evidence.ts";
import { planActionSchema } from "../../../shared/models/plan.ts";
import { priorityOf } from "../../../shared/models/priority.ts";
import { conflictActionSchema } from "../../../shared/models/prompt.ts";
import { joinRemote } from "../../../shared/models/remotePath.ts";
import { transferTypeSchema } from "../../../shared/models/settings.ts";
import {
  directionSchema,
  skipReasonSchema,
  transferKindSchema,
  transferStateSchema,
} from "../../../shared/models/transfer.ts";

/**
 * Whose bytes lie at the target. "fresh": nothing was there, all of it is ours. "over": an older file was there, told by `old…`, until
 * our first byte. "continued": the user said that what was there is the beginning of this file.
 */
export const begunSchema = z.enum(["no", "fresh", "over", "continued"]);
export type Begun = z.infer<typeof begunSchema>;

/** SQLite knows no booleans. */
const flag = z.pipe(
  z.literal([0, 1]),
  z.transform((number) => number === 1),
);

/** A transfer as the queue's file holds it, its batch and its place with it. Parsed when loaded: a file is a border too. */
export const transferRowSchema = z.object({
  id: z.int(),
  batchId: z.int(),
  placeId: z.int(),
  siteNo: z.int(),
  siteId: z.string(),
  direction: directionSchema,
  kind: transferKindSchema,
  priority: z.pipe(z.int(), z.transform(priorityOf)),
  /** The folder the drop went to: nothing is written outside of it. */
  root: z.string(),
  sourceFolder: z.string(),
  targetFolder: z.string(),
  sourceName: z.string(),
  targetName: z.string(),
  size: z.nullable(z.number()),
  modifiedMs: z.nullable(z.number()),
  precision: timePrecisionSchema,
  state: transferStateSchema,
  attempts: z.number(),
  bytesDone: z.number(),
  begun: begunSchema,
  /** The source as it was when its first byte moved: going on is right only while it still is. */
  begunSize: z.nullable(z.number()),
  begunModifiedMs: z.nullable(z.number()),
  begunIdentity: z.nullable(z.string()),
  oldSize: z.nullable(z.number()),
  oldModifiedMs: z.nullable(z.number()),
  /** The unfinished download's name in the target folder. */
  partName: z.nullable(z.string()),
  /** Whether it has begun as text; null before, and in rows from before there was a choice. */
  isText: z.nullable(flag),
  /** What the user wants for the whole batch; null: what the settings say. */
  batchType: z.nullable(transferTypeSchema),
  /** The user's answer for this transfer alone. */
  decision: z.nullable(conflictActionSchema),
  /** The user's answer for the whole batch. */
  batchRule: z.nullable(conflictActionSchema),
  errorKind: z.nullable(errorKindSchema),
  errorText: z.nullable(z.string()),
  skipped: z.nullable(skipReasonSchema),
  skippedBy: z.nullable(z.string()),
  retryAtMs: z.nullable(z.number()),
  startedMs: z.nullable(z.number()),
  finishedMs: z.nullable(z.number()),
  /** From its receipt; null: it has none. */
  evidence: z.nullable(evidenceLevelSchema),
  checked: z.nullable(checkResultSchema),
  /** What the plan says will happen to it; null: it was not planned, or nobody has looked yet. */
  plannedAction: z.nullable(planActionSchema),
  /** The name it gets where the plan says "rename". */
  plannedName: z.nullable(z.string()),
  /** A file stood at its target when the plan was made; `planned…` tell which. */
  plannedStands: z.nullable(flag),
  plannedSize: z.nullable(z.number()),
  plannedModifiedMs: z.nullable(z.number()),
  plannedPrecision: z.nullable(timePrecisionSchema),
  /** Its folder was planned, and was not at the target then. */
  inNewFolder: flag,
});
export type TransferRow = z.infer<typeof transferRowSchema>;

export function sourcePathOf(row: TransferRow): string {
  return joinOn(row.direction === "upload" ? "local" : "remote", row.sourceFolder, row.sourceName);
}

export function targetPathOf(row: TransferRow): string {
  return joinOn(row.direction === "upload" ? "remote" : "local", row.targetFolder, row.targetName);
}

/** Where an upload lies until it is complete. */
export function temporaryPathOf(row: Pick<TransferRow, "targetFolder">, partName: string): string {
  return joinRemote(row.targetFolder, partName);
}

export function localPathOf(row: TransferRow): string {
  return row.direction === "upload" ? sourcePathOf(row) : targetPathOf(row);
}

export function remotePathOf(row: TransferRow): string {
  return row.direction === "upload" ? targetPathOf(row) : sourcePathOf(row);
}

/** Joins without tidying: the names have been made safe before they came here. */
function joinOn(side: "local" | "remote", folder: string, name: string): string {
  if (side === "remote") return joinRemote(folder, name);
  return folder.endsWith(sep) ? folder + name : folder + sep + name;
}
