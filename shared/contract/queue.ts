import * as z from "zod/mini";
import { batchSchema } from "../models/batch.ts";
import { entryTypeSchema } from "../models/entry.ts";
import { laterCheckSchema, receiptFormatSchema, receiptSchema, receiptSideSchema } from "../models/evidence.ts";
import { pathSchema } from "../models/place.ts";
import { prioritySchema } from "../models/priority.ts";
import { answerSchema, promptSchema } from "../models/prompt.ts";
import { moveTargetSchema, queueEndsSchema, queueHoldsSchema } from "../models/queueControl.ts";
import { transferTypeSchema } from "../models/settings.ts";
import {
  directionSchema,
  progressBatchSchema,
  queueFilterSchema,
  queueSortSchema,
  queueSummarySchema,
  transferSchema,
} from "../models/transfer.ts";
import { command, stream } from "./define.ts";

const nothing = z.object({});

/** Part of a local or remote path, whatever the case; blank: everything. */
const searchSchema = z.string().check(z.maxLength(1_000));

/**
 * Which transfers a command means: named ones, all that a tab shows (of these only what a search finds), all of a drop or a site, or of one folder and everything below it:
 * the folder that the named transfer is, or lies in.
 */
const selectionSchema = z.union([
  z.object({ ids: z.array(z.int()).check(z.minLength(1), z.maxLength(100_000)) }),
  z.object({ filter: queueFilterSchema, search: z.optional(searchSchema) }),
  z.object({ batchId: z.int() }),
  z.object({ siteId: z.string() }),
  z.object({ folderOf: z.int() }),
]);
export type QueueSelection = z.infer<typeof selectionSchema>;

const sourceSchema = z.object({
  path: pathSchema,
  /** For people, and the target's name. */
  name: z.string().check(z.minLength(1), z.maxLength(1024)),
  type: entryTypeSchema,
  size: z.nullable(z.number()),
  modifiedMs: z.nullable(z.number()),
});
export type TransferSource = z.infer<typeof sourceSchema>;

export const queueContract = {
  /** One drop: what lies at `sources` goes into the folder `targetPath` on the other side. Returns when the rows are committed. */
  "queue.add": command(
    z.object({
      direction: directionSchema,
      connectionId: z.string(),
      sources: z.array(sourceSchema).check(z.minLength(1), z.maxLength(500_000)),
      targetPath: pathSchema,
      /** Instead of the setting, for this drop. */
      transferType: z.optional(transferTypeSchema),
      /** It waits as a plan (plans.ts). Without: as the settings say. */
      plansFirst: z.optional(z.boolean()),
    }),
    z.object({ batchId: z.int(), added: z.number() }),
  ),
  /** Rows `offset … offset + limit` of a tab, in queue order; again whenever one of them changes state or the window's rows shift. */
  "queue.watchWindow": stream(
    z.object({
      filter: queueFilterSchema,
      offset: z.int().check(z.gte(0)),
      limit: z.int().check(z.gte(1), z.lte(500)),
      search: z.optional(searchSchema),
      sort: z.optional(queueSortSchema),
    }),
    z.object({
      revision: z.number(),
      total: z.number(),
      rows: z.array(transferSchema),
      /** What was searched for has not been found yet: more will come. */
      isFinding: z.optional(z.boolean()),
    }),
  ),
  /** The queue by drops, those at work first: again within a second of a change. */
  "queue.watchBatches": stream(
    z.object({ offset: z.int().check(z.gte(0)), limit: z.int().check(z.gte(1), z.lte(200)) }),
    z.object({ revision: z.number(), total: z.number(), batches: z.array(batchSchema) }),
  ),
  "queue.watchSummary": stream(nothing, queueSummarySchema),
  /** Live figures of the running transfers, every 100 ms while any runs, and once more at the end. */
  "progress.watch": stream(nothing, progressBatchSchema),
  /** Starts or stops the whole queue. Stopping pauses what runs: its bytes stop, and starting goes on from there. */
  "queue.setProcessing": command(z.object({ isProcessing: z.boolean() }), nothing),
  /** What is added for a paused site, or found in a paused folder, arrives paused. */
  "queue.pause": command(selectionSchema, nothing),
  "queue.resume": command(selectionSchema, nothing),
  "queue.cancel": command(selectionSchema, nothing),
  /** Failed and cancelled ones are queued again, attempts at zero. */
  "queue.retry": command(selectionSchema, nothing),
  /** Sites that rest because they could not be reached, and tries that wait their time, begin at once. */
  "queue.tryNow": command(nothing, nothing),
  /** Takes rows out of the queue; what runs is cancelled first. Partial files of removed downloads are deleted. */
  "queue.remove": command(selectionSchema, nothing),

  /** What has not ended runs before everything of lower priority. What a folder still finds has its priority. */
  "queue.setPriority": command(
    z.object({ selection: selectionSchema, change: z.union([prioritySchema, z.enum(["raise", "lower"])]) }),
    nothing,
  ),
  /** Moves what has not ended, in the order it stands in; beside another transfer it takes on that one's priority. */
  "queue.move": command(z.object({ selection: selectionSchema, target: moveTargetSchema }), nothing),
  /** Pauses a drop, or (null) stops the whole queue, until a time; `atMs` null: until it is resumed. */
  "queue.startAt": command(z.object({ batchId: z.nullable(z.int()), atMs: z.nullable(z.number()) }), nothing),
  "queue.watchHolds": stream(nothing, queueHoldsSchema),
  /** News each time that the last transfer has ended by itself; the snapshot says what happened before. */
  "queue.watchEnds": stream(nothing, queueEndsSchema),
  /** The receipts of transfers, without those that have none. */
  "receipts.read": command(
    z.object({ ids: z.array(z.int()).check(z.minLength(1), z.maxLength(1_000)) }),
    z.object({ receipts: z.array(receiptSchema) }),
  ),
  /** Looks at one side again and compares it with the receipt, which keeps what was found. Reads the whole file where it has to. */
  "receipts.verify": command(z.object({ id: z.int(), side: receiptSideSchema }), laterCheckSchema),
  /** A piece of an export; `next` goes into the next call's `after`, null: this was the last one. */
  "receipts.export": command(
    z.object({ selection: selectionSchema, format: receiptFormatSchema, after: z.int().check(z.gte(0)) }),
    z.object({ text: z.string(), next: z.nullable(z.int()) }),
  ),

  "prompts.watch": stream(nothing, z.object({ prompts: z.array(promptSchema) })),
  "prompts.answer": command(z.object({ id: z.int(), answer: answerSchema }), nothing),
} as const;
