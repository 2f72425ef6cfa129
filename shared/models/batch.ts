import * as z from "zod/mini";
import { errorKindSchema } from "../errors/errorKind.ts";
import { evidenceLevelSchema } from "./evidence.ts";
import { directionSchema, skipReasonSchema } from "./transfer.ts";

/** What went into the queue by one drop (or one press of a key), and how far all of it is. */
export const batchSchema = z.object({
  id: z.int(),
  direction: directionSchema,
  siteId: z.string(),
  siteName: z.string(),
  /** The name of the first of what was dropped; null in a queue from before it was kept. */
  title: z.nullable(z.string()),
  /** How many files and folders were dropped, the first one included. */
  sources: z.number(),
  /** Where it goes, for people. */
  target: z.string(),
  createdMs: z.number(),
  /** When the last transfer ended; null while any is left. */
  finishedMs: z.nullable(z.number()),
  /** All that is known by now: folders add what they hold while they are read. */
  files: z.number(),
  folders: z.number(),
  bytes: z.number(),
  /** Of `bytes`: what has arrived, and what will not because its transfer has ended in another way. */
  bytesSettled: z.number(),
  /** It waits as a plan. */
  isPlan: z.boolean(),
  /** Transfers that have not ended. */
  left: z.number(),
  /** Files that were transferred. */
  done: z.number(),
  /** Of those, how many are proved in which way, the strongest first. */
  proved: z.array(z.object({ level: evidenceLevelSchema, count: z.number() })),
  cancelled: z.number(),
  /** Files and folders by why they were not transferred, the most frequent reason first. */
  skipped: z.array(z.object({ reason: skipReasonSchema, count: z.number() })),
  failed: z.array(z.object({ kind: errorKindSchema, count: z.number() })),
});
export type Batch = z.infer<typeof batchSchema>;
