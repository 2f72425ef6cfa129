import * as z from "zod/mini";
import { jobSchema } from "../models/job.ts";
import { permissionPlanSchema } from "../models/permissions.ts";
import { pathSchema, placeSchema } from "../models/place.ts";
import { command, stream } from "./define.ts";

const nothing = z.object({});
const byId = z.object({ id: z.int() });
const entries = {
  place: placeSchema,
  path: pathSchema,
  wireNames: z.array(z.string().check(z.minLength(1), z.maxLength(4096))).check(z.minLength(1), z.maxLength(500_000)),
};
/** How many entries it was done to, and how many it could not be done to. `isComplete` false: it was stopped before its time. */
const outcome = z.object({ done: z.number(), failed: z.number(), isComplete: z.boolean() });

export const jobsContract = {
  /** What works by itself now, and what waits for the user to see what was left undone. */
  "jobs.watch": stream(nothing, z.object({ jobs: z.array(jobSchema) })),
  /**
   * Deletes files, and folders with all they hold. Links are removed, never followed. Resolves when the work has ended; who no longer
   * waits does not end it. Rejects with `cancelled` when the job was. What was left undone stands in the job.
   */
  "jobs.remove": command(z.object(entries), outcome),
  /** `chmod`, for files and folders apart. Remote: SITE CHMOD. Resolves and rejects as `jobs.remove`. */
  "jobs.setPermissions": command(z.object({ ...entries, plan: permissionPlanSchema }), outcome),
  /** Ends it; what is done stays done. A job that has ended leaves the list. */
  "jobs.cancel": command(byId, nothing),
  /** Does again what was left undone. */
  "jobs.retry": command(byId, nothing),
} as const;
