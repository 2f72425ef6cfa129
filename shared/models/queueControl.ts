import * as z from "zod/mini";
import { planHeadSchema } from "./plan.ts";
import { directionSchema } from "./transfer.ts";

/** Where transfers go in the order of the queue: to an end of it, or beside a transfer. */
export const moveTargetSchema = z.union([
  z.object({ to: z.enum(["top", "bottom"]) }),
  z.object({ before: z.int() }),
  z.object({ after: z.int() }),
]);
export type MoveTarget = z.infer<typeof moveTargetSchema>;

/** A drop that begins at a time; without a batch the whole queue. */
export const plannedStartSchema = z.object({
  atMs: z.number(),
  batch: z.nullable(
    z.object({
      id: z.int(),
      siteName: z.string(),
      direction: directionSchema,
      /** The folder everything goes into, for people. */
      targetFolder: z.string(),
    }),
  ),
});
export type PlannedStart = z.infer<typeof plannedStartSchema>;

/** What waits as a whole for the user or the clock. */
export const queueHoldsSchema = z.object({
  pausedSites: z.array(z.object({ id: z.string(), name: z.string() })),
  starts: z.array(plannedStartSchema),
  plans: z.array(planHeadSchema),
});
export type QueueHolds = z.infer<typeof queueHoldsSchema>;

/** How often the queue has come to its end since Portside began, and how many of its transfers stood as failed the last time. */
export const queueEndsSchema = z.object({ count: z.int(), failed: z.int() });
export type QueueEnds = z.infer<typeof queueEndsSchema>;
