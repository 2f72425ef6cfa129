import * as z from "zod/mini";

/** A file of Portside that was found damaged at this start, and what came of it. */
export const mendedSchema = z.object({
  /** "sites": sites, certificates, settings and the window's layout. */
  what: z.enum(["sites", "queue"]),
  /** Where the damaged file lies now, as it was found. */
  keptAt: z.string(),
  /** Rows that came over. */
  rows: z.number(),
  /** Something could not be read, or had to be taken from an older copy. */
  isIncomplete: z.boolean(),
  usedCopy: z.boolean(),
});
export type Mended = z.infer<typeof mendedSchema>;
