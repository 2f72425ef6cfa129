import * as z from "zod/mini";

/** "command" and "reply" are the control connection's own lines, secrets masked. */
export const logKindSchema = z.enum(["status", "command", "reply", "error", "listing"]);
export type LogKind = z.infer<typeof logKindSchema>;

export const logLineSchema = z.object({
  id: z.int(),
  atMs: z.number(),
  kind: logKindSchema,
  /** Which session speaks ("browse 1", "transfer 2"); null: Portside itself. */
  session: z.nullable(z.string()),
  text: z.string(),
});
export type LogLine = z.infer<typeof logLineSchema>;
