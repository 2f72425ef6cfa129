import * as z from "zod/mini";
import { errorKindSchema } from "../errors/errorKind.ts";
import { directionSchema, transferKindSchema } from "./transfer.ts";

/**
 * What will happen to a planned transfer. "merge": the folder is there already, and what it holds is planned by itself. "ask": nobody can
 * tell before its turn comes. "fail": it cannot be done as it is.
 */
export const planActionSchema = z.enum(["create", "merge", "overwrite", "resume", "rename", "skip", "ask", "fail"]);
export type PlanAction = z.infer<typeof planActionSchema>;

/**
 * Why. "rule": the conflict rules say so; "choice": the user has said so in the plan; "unknown": a rule needs what neither side told;
 * "unreadable-target": what stands in the target folder cannot be seen; "error": see `errorKind`.
 */
export const planReasonSchema = z.enum([
  "new",
  "folder-there",
  "rule",
  "choice",
  "not-newer",
  "same-size",
  "folder-link",
  "special-file",
  "unknown",
  "unreadable-target",
  "file-in-the-way",
  "folder-in-the-way",
  "path-too-long",
  "error",
]);
export type PlanReason = z.infer<typeof planReasonSchema>;

/**
 * What is to be known about its name at the target. "mapped": it is written otherwise, because it could not stand there as it is;
 * "clash": it got a number, because the target would take two names for one; "own-name": it gets the name back that it has on its server;
 * "look-alike": another one there differs in upper and lower case only; "windows": a Windows server may refuse it.
 */
export const planNoteSchema = z.enum(["mapped", "clash", "own-name", "look-alike", "windows"]);
export type PlanNote = z.infer<typeof planNoteSchema>;

/** What a user can want of planned transfers. "as-planned": what the rules say after all. */
export const planChoiceSchema = z.enum(["overwrite", "resume", "rename", "skip", "as-planned"]);
export type PlanChoice = z.infer<typeof planChoiceSchema>;

/** A part of a plan: all of it, one kind of action, or what has something to be known about its name. */
export const planPartSchema = z.enum(["all", ...planActionSchema.options, "names"]);
export type PlanPart = z.infer<typeof planPartSchema>;

/** A drop that waits as a plan, and what it comes to. */
export const planSchema = z.object({
  batchId: z.int(),
  direction: directionSchema,
  siteName: z.string(),
  /** The folder everything goes into, for people. */
  target: z.string(),
  /** Of what has been looked at by now. */
  counts: z.array(z.object({ action: planActionSchema, files: z.number(), folders: z.number(), bytes: z.number() })),
  /** How many have something to be known about their names. */
  names: z.number(),
  /** What is known but not looked at yet; 0: the plan is complete. */
  pending: z.number(),
  /** Bytes that will move; files of unknown size count as 0. */
  bytes: z.number(),
  /** Bytes that can still be stored; null: nobody tells. */
  free: z.object({ local: z.nullable(z.number()), remote: z.nullable(z.number()) }),
  /** By what transfers with this site have taken lately; null: there were none. */
  timeMs: z.nullable(z.number()),
  /** Why the plan does not get on; it is tried again by itself. */
  trouble: z.nullable(z.object({ kind: errorKindSchema, text: z.string() })),
});
export type Plan = z.infer<typeof planSchema>;

export const plannedTransferSchema = z.object({
  id: z.int(),
  kind: transferKindSchema,
  /** For people, both. */
  sourcePath: z.string(),
  targetPath: z.string(),
  size: z.nullable(z.number()),
  /** null: not looked at yet. */
  action: z.nullable(planActionSchema),
  reason: z.nullable(planReasonSchema),
  /** The names of the conflict rule that says so. */
  rule: z.nullable(z.string()),
  note: z.nullable(planNoteSchema),
  errorKind: z.nullable(errorKindSchema),
  /** For "rename": the name it will get. */
  newName: z.nullable(z.string()),
  modifiedMs: z.nullable(z.number()),
  /** What stands at the target; both null where nothing does. */
  targetSize: z.nullable(z.number()),
  targetModifiedMs: z.nullable(z.number()),
});
export type PlannedTransfer = z.infer<typeof plannedTransferSchema>;

/** A plan in one line, for who has closed it. */
export const planHeadSchema = z.object({
  batchId: z.int(),
  direction: directionSchema,
  siteName: z.string(),
  target: z.string(),
  /** For the user; false: it starts by itself unless it turns out to be large. */
  isWaiting: z.boolean(),
});
export type PlanHead = z.infer<typeof planHeadSchema>;
