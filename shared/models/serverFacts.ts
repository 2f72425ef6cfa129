import * as z from "zod/mini";

/** What sessions have found out about a server that no reply states. Kept between runs, so that no session finds it out twice. */
export const serverFactsSchema = z.object({
  /** How modification times are set; "none" when nothing worked; null: not tried yet. */
  setModified: z.nullable(z.enum(["MFMT", "MDTM", "SITE UTIME", "none"])),
  /** MLSD takes no path: a session goes there first. */
  refusesMlsdPath: z.boolean(),
  /** Uploads cannot be continued by APPE. */
  appendIsRefused: z.boolean(),
});
export type ServerFacts = z.infer<typeof serverFactsSchema>;

export const nothingKnown: ServerFacts = { setModified: null, refusesMlsdPath: false, appendIsRefused: false };
