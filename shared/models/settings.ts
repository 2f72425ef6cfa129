import * as z from "zod/mini";
import { conflictActionSchema } from "./prompt.ts";

const conflictRuleSchema = z.enum(["ask", ...conflictActionSchema.options]);

const activePort = z.int().check(z.gte(0), z.lte(65_535));

/** Settings kept by the engine. Each has a default, so that an older file stays readable. */
export const settingsSchema = z.object({
  language: z.enum(["system", "en", "zh-CN"]),
  theme: z.enum(["system", "light", "dark"]),
  /** Transfers at once over all sites, 1–20. */
  maxTransfers: z.int().check(z.gte(1), z.lte(20)),
  /** Tries after the first, for failures the policy table calls retryable. */
  maxRetries: z.int().check(z.gte(0), z.lte(99)),
  retryDelayMs: z.int().check(z.gte(0), z.lte(999_000)),
  /** Connect, reply and data silence, each. */
  timeoutMs: z.int().check(z.gte(1_000), z.lte(9_999_000)),
  /** NOOP on an idle browsing session after this long; 0: never. */
  keepAliveMs: z.int().check(z.gte(0), z.lte(3_600_000)),
  /** When passive connections fail, the server may connect to us. */
  fallsBackToActive: z.boolean(),
  /** Ports for active connections; 0: any free one. */
  activeFirstPort: activePort,
  activeLastPort: activePort,
  /** An IP address that servers outside our network reach us by; "": our own. */
  externalAddress: z.union([z.literal(""), z.ipv4(), z.ipv6()]),
  preserveTimes: z.boolean(),
  showHidden: z.boolean(),
  sizeFormat: z.enum(["binary", "decimal", "bytes"]),
  /** What to do on a conflict without asking. */
  uploadConflict: conflictRuleSchema,
  downloadConflict: conflictRuleSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  language: "system",
  theme: "system",
  maxTransfers: 2,
  maxRetries: 2,
  retryDelayMs: 5_000,
  timeoutMs: 20_000,
  keepAliveMs: 30_000,
  fallsBackToActive: true,
  activeFirstPort: 0,
  activeLastPort: 0,
  externalAddress: "",
  preserveTimes: true,
  showHidden: true,
  sizeFormat: "binary",
  uploadConflict: "ask",
  downloadConflict: "ask",
};
