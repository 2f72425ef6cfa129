import * as z from "zod/mini";
import { timePrecisionSchema } from "../../../shared/models/entry.ts";
import { conflictActionSchema } from "../../../shared/models/prompt.ts";
import { transferTypeSchema } from "../../../shared/models/settings.ts";
import { siteSettingsSchema } from "../../../shared/models/site.ts";
import { directionSchema, transferKindSchema } from "../../../shared/models/transfer.ts";

/** Remote names and folders are wire paths in Portside's own file and text in others (docs/decisions/0004). */
const remoteFolder = z.string().check(
  z.maxLength(32_768),
  z.refine((path) => path.startsWith("/") && !/[\0\r\n]/.test(path), "is not a remote folder"),
);

/** Local paths are checked by whoever knows this computer's rules. */
const folder = z.string().check(
  z.minLength(1),
  z.maxLength(32_768),
  z.refine((path) => !path.includes("\0"), "holds NUL"),
);

/** One segment, wherever it will lie: no file says "..", and none brings a path of its own. */
const name = z.string().check(
  z.minLength(1),
  z.maxLength(4096),
  z.refine((text) => !/[/\0\r\n]/.test(text) && text !== "." && text !== "..", "is not one name"),
);

const key = z.int().check(z.gte(0));

const siteRecordSchema = z.object({ key, settings: siteSettingsSchema });

/** Transfers that were added together. Nothing is written outside of `root`. */
const batchRecordSchema = z.object({
  key,
  site: key,
  direction: directionSchema,
  root: folder,
  transferType: z.optional(transferTypeSchema),
  rule: z.optional(conflictActionSchema),
});

const placeRecordSchema = z.object({ batch: key, source: folder, target: folder });

const transferRecordSchema = z.object({
  kind: z.optional(transferKindSchema),
  source: name,
  /** Left out where it is the source's. */
  target: z.optional(name),
  size: z.optional(z.int().check(z.gte(0))),
  modifiedMs: z.optional(z.number()),
  precision: z.optional(timePrecisionSchema),
  priority: z.optional(z.int().check(z.gte(-1_000_000), z.lte(1_000_000))),
  decision: z.optional(conflictActionSchema),
  isPaused: z.optional(z.boolean()),
});

/** One piece of a file with a queue. Sites and batches come before what belongs to them; a transfer lies in the place told last. */
export const queueRecordSchema = z.union([
  z.object({ site: siteRecordSchema }),
  z.object({ batch: batchRecordSchema }),
  z.object({ place: placeRecordSchema }),
  z.object({ transfer: transferRecordSchema }),
]);

export const remoteFolderSchema = remoteFolder;

/** Why something that a file tells does not become a transfer here. */
export type LeftOut = "protocol" | "site" | "local-path" | "remote-path" | "remote-folder" | "damaged";

/** `makeFolder`: a local folder that is to be made and nothing more. */
export type QueueRecord =
  | z.infer<typeof queueRecordSchema>
  | { readonly makeFolder: string }
  | { readonly leftOut: LeftOut };

export type SiteRecord = z.infer<typeof siteRecordSchema>;
export type BatchRecord = z.infer<typeof batchRecordSchema>;
export type PlaceRecord = z.infer<typeof placeRecordSchema>;
export type TransferRecord = z.infer<typeof transferRecordSchema>;
