import * as z from "zod/mini";
import { planChoiceSchema, plannedTransferSchema, planPartSchema, planSchema } from "../models/plan.ts";
import { command, stream } from "./define.ts";

const nothing = z.object({});
const byBatch = z.object({ batchId: z.int() });

/** A drop that was added with `plansFirst` (queue.add) waits as a plan: nothing of it moves before it is started. */
export const plansContract = {
  /** What the plan comes to, again while it grows; null: it was started or discarded. */
  "plans.watch": stream(byBatch, z.object({ plan: z.nullable(planSchema) })),
  /** Rows `offset … offset + limit` of a part of the plan, in the order they were found. */
  "plans.watchWindow": stream(
    z.object({
      batchId: z.int(),
      part: planPartSchema,
      offset: z.int().check(z.gte(0)),
      limit: z.int().check(z.gte(1), z.lte(500)),
    }),
    z.object({ revision: z.number(), total: z.number(), rows: z.array(plannedTransferSchema) }),
  ),
  /**
   * What the user wants of some of them instead of what the rules say: named ones (a folder means all that it holds), or all of a part.
   * Those that it makes no sense for stay as they are: nothing stands where they go, or it cannot be resumed.
   */
  "plans.choose": command(
    z.object({
      batchId: z.int(),
      rows: z.union([
        z.object({ ids: z.array(z.int()).check(z.minLength(1), z.maxLength(100_000)) }),
        z.object({ part: planPartSchema }),
      ]),
      choice: planChoiceSchema,
    }),
    nothing,
  ),
  /**
   * The plan becomes the queue. What it says is done where the target is still as it was seen; where it has changed, and of what was not
   * looked at yet, the conflict rules decide when its turn comes.
   */
  "plans.start": command(byBatch, nothing),
  /** Takes the whole drop out of the queue. */
  "plans.discard": command(byBatch, nothing),
} as const;
