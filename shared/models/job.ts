import * as z from "zod/mini";
import { wireErrorSchema } from "../errors/appError.ts";
import { placeSchema } from "./place.ts";

/** What could not be done to one entry. */
const jobFailureSchema = z.object({ path: z.string(), error: wireErrorSchema });

/**
 * Work on many entries that goes on by itself: a delete, a change of permissions. It belongs to the engine and outlives the window.
 * "counting": folders are still being read; "working"; "ended": something was left undone and waits for the user.
 */
export const jobSchema = z.object({
  id: z.int(),
  kind: z.enum(["remove", "setPermissions"]),
  place: placeSchema,
  /** The folder it was begun in, for people. */
  folder: z.string(),
  /** The first of the entries it was begun with, for people, and how many they are. */
  name: z.string(),
  count: z.number(),
  state: z.enum(["counting", "working", "ended"]),
  /** What has been found so far. */
  files: z.number(),
  folders: z.number(),
  bytes: z.number(),
  /** Entries to do something to, and those it is done to. `total` is final once the state is "working". */
  total: z.number(),
  done: z.number(),
  /** The folder whose turn it is, for people. */
  current: z.nullable(z.string()),
  failed: z.number(),
  /** The first of them. */
  failures: z.array(jobFailureSchema),
  /** What ended it before its time, the connection's loss for instance. */
  stoppedBy: z.nullable(wireErrorSchema),
});
export type Job = z.infer<typeof jobSchema>;
export type JobFailure = z.infer<typeof jobFailureSchema>;
