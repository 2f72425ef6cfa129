import * as z from "zod/mini";
import { wireErrorSchema } from "../errors/appError.ts";
import { certificateFactsSchema } from "./prompt.ts";
import { encodingSchema } from "./site.ts";

/** How the session is protected. `dataProtected`: PROT P is in force (RFC 4217 §9). */
export const securitySchema = z.object({
  encrypted: z.boolean(),
  dataProtected: z.boolean(),
  protocol: z.nullable(z.string()),
  cipher: z.nullable(z.string()),
  certificate: z.nullable(certificateFactsSchema),
});
export type Security = z.infer<typeof securitySchema>;

/** The life of a browsing connection. It outlives its sessions: after a drop it reconnects by itself, back in the same folder. */
export const connectionStatusSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("connecting") }),
  z.object({
    state: z.literal("connected"),
    security: securitySchema,
    /** What SYST said, for the status bar. */
    system: z.nullable(z.string()),
    encoding: z.string(),
    /** What the server does by itself, where it can. */
    offers: z.object({ checksum: z.boolean(), copy: z.boolean(), createLink: z.boolean() }),
  }),
  z.object({ state: z.literal("reconnecting"), attempt: z.number(), error: wireErrorSchema }),
  z.object({ state: z.literal("failed"), error: wireErrorSchema }),
  z.object({ state: z.literal("closed") }),
]);
export type ConnectionStatus = z.infer<typeof connectionStatusSchema>;

export const connectionSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  siteName: z.string(),
  /** How names are to be read, as chosen: "auto" or a label. What that has come to stands in the status. */
  encoding: encodingSchema,
  status: connectionStatusSchema,
  /** Where browsing begins: the site's default folder or the one the server opened; null before login. */
  startPath: z.nullable(z.string()),
});
export type Connection = z.infer<typeof connectionSchema>;
