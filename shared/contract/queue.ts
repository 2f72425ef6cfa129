import * as z from "zod/mini";
import { entryTypeSchema } from "../models/entry.ts";
import { laterCheckSchema, receiptFormatSchema, receiptSchema, receiptSideSchema } from "../models/evidence.ts";
import { pathSchema } from "../models/place.ts";
import { answerSchema, promptSchema } from "../models/prompt.ts";
import { transferTypeSchema } from "../models/settings.ts";
import {
  directionSchema,
  progressBatchSchema,
  queueFilterSchema,
  queueSummarySchema,
  transferSchema,
} from "../models/transfer.ts";
import { command, stream } from "./define.ts";

const nothing = z.object({});

/** Which transfers a command means: named ones, or all that a tab shows. */
const selectionSchema = z.union([
  z.object({ ids: z.array(z.int()).check(z.minLength(1), z.maxLength(100_000)) }),
  z.object({ filter: queueFilterSchema }),
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
    }),
    z.object({ batchId: z.int(), added: z.number() }),
  ),
  /** Rows `offset … offset + limit` of a tab, in queue order; again whenever one of them changes state or the window's rows shift. */
  "queue.watchWindow": stream(
    z.object({
      filter: queueFilterSchema,
      offset: z.int().check(z.gte(0)),
      limit: z.int().check(z.gte(1), z.lte(500)),
    }),
    z.object({ revision: z.number(), total: z.number(), rows: z.array(transferSchema) }),
  ),
  "queue.watchSummary": stream(nothing, queueSummarySchema),
  /** Live figures of the running transfers, every 100 ms while any runs, and once more at the end. */
  "progress.watch": stream(nothing, progressBatchSchema),
  /** Starts or stops the whole queue. Stopping pauses what runs: its bytes stop, and starting goes on from there. */
  "queue.setProcessing": command(z.object({ isProcessing: z.boolean() }), nothing),
  "queue.pause": command(selectionSchema, nothing),
  "queue.resume": command(selectionSchema, nothing),
  "queue.cancel": command(selectionSchema, nothing),
  /** Failed and cancelled ones are queued again, attempts at zero. */
  "queue.retry": command(selectionSchema, nothing),
  /** Takes rows out of the queue; what runs is cancelled first. Partial files of removed downloads are deleted. */
  "queue.remove": command(selectionSchema, nothing),

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
