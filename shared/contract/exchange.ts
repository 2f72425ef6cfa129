import * as z from "zod/mini";
import { pathSchema } from "../models/place.ts";
import { queueFilterSchema } from "../models/transfer.ts";
import { command } from "./define.ts";

/** "portside": everything needed to go on elsewhere, without secrets. "filezilla": what FileZilla 3 imports; it asks for passwords. */
const queueFileFormatSchema = z.enum(["portside", "filezilla"]);
export type QueueFileFormat = z.infer<typeof queueFileFormatSchema>;

/** Where an export goes on. The window hands it back as it came. */
const exportCursorSchema = z.object({ siteNo: z.int(), after: z.int(), transfers: z.int() });
export type ExportCursor = z.infer<typeof exportCursorSchema>;

/** What is wrong with a file as a whole: nothing of it is taken. */
const queueFileProblemSchema = z.enum(["not-a-queue", "newer-version", "damaged", "too-large"]);

/** Why something that a file tells did not become a transfer. */
const leftOutSchema = z.enum(["protocol", "site", "local-path", "remote-path", "remote-folder", "damaged"]);
export type LeftOutReason = z.infer<typeof leftOutSchema>;

const importResultSchema = z.union([
  z.object({ problem: queueFileProblemSchema, line: z.nullable(z.int()) }),
  z.object({
    problem: z.null(),
    added: z.int(),
    /** How many sites they belong to. */
    sites: z.int(),
    leftOut: z.array(z.object({ reason: leftOutSchema, count: z.int() })),
  }),
]);
export type ImportResult = z.infer<typeof importResultSchema>;

export const exchangeContract = {
  /** The next piece of a tab's transfers as text of a file; the whole file is all pieces in order, until `next` is null. */
  "exchange.export": command(
    z.object({ format: queueFileFormatSchema, filter: queueFilterSchema, from: z.nullable(exportCursorSchema) }),
    z.object({
      text: z.string(),
      next: z.nullable(exportCursorSchema),
      /** In this piece. What is left out the format cannot tell, or its site is gone. */
      transfers: z.int(),
      leftOut: z.int(),
    }),
  ),
  /** Adds what a file tells, in either format. The file is staged, or lies where the path says. Resolves when the rows are committed. */
  "exchange.import": command(z.object({ path: pathSchema }), importResultSchema),
} as const;
