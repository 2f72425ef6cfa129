import * as z from "zod/mini";

export const checksumAlgorithmSchema = z.enum(["SHA-512", "SHA-256", "SHA-1", "MD5", "CRC32"]);
export type ChecksumAlgorithm = z.infer<typeof checksumAlgorithmSchema>;

/** `value` in lower-case hexadecimal digits, all of them. */
export const checksumSchema = z.object({ algorithm: checksumAlgorithmSchema, value: z.string() });
export type Checksum = z.infer<typeof checksumSchema>;
