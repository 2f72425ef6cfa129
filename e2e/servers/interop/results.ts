import { resolve } from "node:path";
import * as z from "zod/mini";

/** How one check came out with one server; a check that failed has none. */
export const resultSchema = z.object({
  server: z.string(),
  protection: z.enum(["plain", "TLS"]),
  check: z.string(),
  outcome: z.enum(["passed", "known"]),
});
export type Result = z.infer<typeof resultSchema>;

/** Where a run leaves its results for the table. */
export const resultsPath = resolve(import.meta.dirname, "../../../.cache/reports/interop.json");

/** The page that shows the results. */
export const tablePath = resolve(import.meta.dirname, "../../../docs/guide/servers.md");
