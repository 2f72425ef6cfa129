import * as z from "zod/mini";
import { errorKindSchema } from "../errors/errorKind.ts";
import { checkResultSchema, evidenceLevelSchema } from "./evidence.ts";
import { prioritySchema } from "./priority.ts";

export const directionSchema = z.enum(["upload", "download"]);
export type Direction = z.infer<typeof directionSchema>;

/**
 * The life of a transfer (architecture: transfer/transition). `planned` waits for its drop to be started and stands in no tab; `waiting`
 * waits for the user's answer, `backoff` for the next try.
 * A transfer of kind "folder" makes the target folder and adds what the source folder holds as further transfers.
 */
export const transferStateSchema = z.enum([
  "planned",
  "queued",
  "running",
  "waiting",
  "backoff",
  "paused",
  "done",
  "failed",
  "cancelled",
]);
export type TransferState = z.infer<typeof transferStateSchema>;

export const transferKindSchema = z.enum(["file", "folder"]);
export type TransferKind = z.infer<typeof transferKindSchema>;

/**
 * Why a transfer did not move bytes although it is done. "folder-link": a link to a folder, which is never followed;
 * "special-file": a device, socket or pipe.
 */
export const skipReasonSchema = z.enum(["user", "not-newer", "same-size", "folder-link", "special-file"]);
export type SkipReason = z.infer<typeof skipReasonSchema>;

export const transferSchema = z.object({
  id: z.int(),
  batchId: z.int(),
  kind: transferKindSchema,
  priority: prioritySchema,
  direction: directionSchema,
  siteId: z.string(),
  siteName: z.string(),
  localPath: z.string(),
  /** Wire path, for the engine. */
  remotePath: z.string(),
  /** The same for people. */
  remoteDisplayPath: z.string(),
  size: z.nullable(z.number()),
  /** Bytes known to be at the target when the row was last written; live progress comes from `progress.watch`. */
  bytesDone: z.number(),
  state: transferStateSchema,
  attempts: z.number(),
  /** Set on `failed` and `backoff`. */
  errorKind: z.nullable(errorKindSchema),
  /** The server's own sentence, or the system's. */
  errorText: z.nullable(z.string()),
  skipped: z.nullable(skipReasonSchema),
  /** The names of the conflict rule that has skipped it ("*.tmp"). */
  skippedBy: z.nullable(z.string()),
  /** What proves that a file has arrived as it is; null before the end, and where no bytes moved. */
  evidence: z.nullable(evidenceLevelSchema),
  /** What the latest look at it afterwards has found. */
  checked: z.nullable(checkResultSchema),
  /** When the next try begins, in `backoff`. */
  retryAtMs: z.nullable(z.number()),
  startedMs: z.nullable(z.number()),
  finishedMs: z.nullable(z.number()),
});
export type Transfer = z.infer<typeof transferSchema>;

/** The dock's tabs. Queued: everything not yet ended. Completed: done and cancelled. */
export const queueFilterSchema = z.enum(["queued", "failed", "completed"]);
export type QueueFilter = z.infer<typeof queueFilterSchema>;

/** Another order than a tab's own. "time": when it was added, of what has ended when it ended. */
export const queueSortSchema = z.object({
  by: z.enum(["name", "size", "state", "site", "time"]),
  isDescending: z.boolean(),
});
export type QueueSort = z.infer<typeof queueSortSchema>;

/** A site that cannot be reached just now. Its transfers wait for it; none of them fails. */
export const restingSiteSchema = z.object({
  siteId: z.string(),
  siteName: z.string(),
  errorKind: errorKindSchema,
  errorText: z.string(),
  sinceMs: z.number(),
  /** When it is tried again; in the past while a try is under way. */
  nextTryMs: z.number(),
});
export type RestingSite = z.infer<typeof restingSiteSchema>;

/** Counts and bytes over the whole queue. Folders count as transfers until they are expanded. */
export const queueSummarySchema = z.object({
  queued: z.number(),
  running: z.number(),
  waiting: z.number(),
  paused: z.number(),
  failed: z.number(),
  completed: z.number(),
  /** Bytes known to remain; unknown sizes count as 0. */
  bytesRemaining: z.number(),
  isProcessing: z.boolean(),
  /** What queued transfers wait for. */
  resting: z.array(restingSiteSchema),
});
export type QueueSummary = z.infer<typeof queueSummarySchema>;

/** One running transfer in a progress batch. Speed in bytes per second over the last few seconds; eta in ms, null while unknown. */
export const transferProgressSchema = z.object({
  id: z.int(),
  /** Its session as the log names it ("transfer 2"); null while it waits for one. */
  session: z.nullable(z.string()),
  bytesDone: z.number(),
  size: z.nullable(z.number()),
  bytesPerSecond: z.number(),
  etaMs: z.nullable(z.number()),
});
export type TransferProgress = z.infer<typeof transferProgressSchema>;

export const progressBatchSchema = z.object({
  atMs: z.number(),
  transfers: z.array(transferProgressSchema),
  total: z.object({
    bytesPerSecond: z.number(),
    uploadBytesPerSecond: z.number(),
    downloadBytesPerSecond: z.number(),
    bytesRemaining: z.number(),
    etaMs: z.nullable(z.number()),
  }),
});
export type ProgressBatch = z.infer<typeof progressBatchSchema>;
