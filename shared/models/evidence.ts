import * as z from "zod/mini";
import { checksumSchema } from "./checksum.ts";

/**
 * What proves that a transferred file is the same on both sides, the weakest first. "word": the server said it is complete, and no more
 * can be known (text, and folders that nobody may look into). "size": both are as long. "tail": the last 64 KiB were read once more and
 * are the same. "hash": the server computed the checksum that we did. "read-back": every byte was read once more.
 */
export const evidenceLevels = ["word", "size", "tail", "hash", "read-back"] as const;
export const evidenceLevelSchema = z.enum(evidenceLevels);
export type EvidenceLevel = z.infer<typeof evidenceLevelSchema>;

/** True when bytes were compared, not only how many there are. */
export function isVerified(level: EvidenceLevel): boolean {
  return level === "tail" || level === "hash" || level === "read-back";
}

/** What a site wants to have proved; "automatic": the best that costs next to nothing. */
export const evidenceChoiceSchema = z.enum(["automatic", "size", "tail", "hash", "read-back"]);
export type EvidenceChoice = z.infer<typeof evidenceChoiceSchema>;

/** Why bytes that an earlier try had moved were moved again. */
export const restartReasonSchema = z.enum(["overlap-differs", "refused"]);
export type RestartReason = z.infer<typeof restartReasonSchema>;

/** Which side is looked at again when a receipt is verified. */
export const receiptSideSchema = z.enum(["server", "disk"]);
export type ReceiptSide = z.infer<typeof receiptSideSchema>;

/** "unproved": as long as it was, and the server offers no way to know more. "missing": nothing is there any more. */
export const checkResultSchema = z.enum(["same", "differs", "missing", "unproved"]);
export type CheckResult = z.infer<typeof checkResultSchema>;

/** What a later look at one side has found. */
export const laterCheckSchema = z.object({
  side: receiptSideSchema,
  result: checkResultSchema,
  level: evidenceLevelSchema,
  atMs: z.number(),
});
export type LaterCheck = z.infer<typeof laterCheckSchema>;

/** What is known of a file that was transferred, kept as long as its transfer stays in the queue. */
export const receiptSchema = z.object({
  transferId: z.int(),
  direction: z.enum(["upload", "download"]),
  siteName: z.string(),
  localPath: z.string(),
  /** For people. */
  remotePath: z.string(),
  /** Bytes on our side. */
  size: z.number(),
  /** Of the bytes as they passed, in hexadecimal digits; null where they were not ours to count (text). */
  sha256: z.nullable(z.string()),
  level: evidenceLevelSchema,
  /** What the server computed, where it was asked. */
  server: z.nullable(checksumSchema),
  restarted: z.nullable(restartReasonSchema),
  atMs: z.number(),
  /** The latest of all later looks. */
  check: z.nullable(laterCheckSchema),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const receiptFormatSchema = z.enum(["json", "csv", "sha256"]);
export type ReceiptFormat = z.infer<typeof receiptFormatSchema>;
