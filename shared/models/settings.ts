import * as z from "zod/mini";
import { defaultAsciiExtensions } from "./asciiExtensions.ts";
import { conflictActionSchema } from "./prompt.ts";
import { ftpProxySchema, noFtpProxy, noProxy, proxySchema } from "./proxy.ts";

/** "auto": text is told by its name. */
export const transferTypeSchema = z.enum(["binary", "auto", "ascii"]);
export type TransferType = z.infer<typeof transferTypeSchema>;

const conflictRuleSchema = z.enum(["ask", ...conflictActionSchema.options]);

const activePort = z.int().check(z.gte(0), z.lte(65_535));

/** Portside finds out how many transfers at once serve best. */
export const automaticTransfers = 0;

/** Settings kept by the engine. Each has a default, so that an older file stays readable. */
export const settingsSchema = z.object({
  language: z.enum(["system", "en", "zh-CN"]),
  theme: z.enum(["system", "light", "dark"]),
  /** Transfers at once over all sites, 1–20; `automaticTransfers`: as many as serve best. */
  maxTransfers: z.int().check(z.gte(0), z.lte(20)),
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
  /** Through which all connections go; "none": directly. */
  proxy: proxySchema,
  /** An FTP proxy that logs in for us. */
  ftpProxy: ftpProxySchema,
  /** "auto" sends files as text that are named like text; what is text has its line ends converted (RFC 959 §3.1.1.1). */
  transferType: transferTypeSchema,
  /** What "auto" takes for text: extensions without their dot, in lower case. */
  asciiExtensions: z.array(z.string().check(z.minLength(1), z.maxLength(40))).check(z.maxLength(500)),
  asciiWithoutExtension: z.boolean(),
  asciiDotFiles: z.boolean(),
  preserveTimes: z.boolean(),
  showHidden: z.boolean(),
  sizeFormat: z.enum(["binary", "decimal", "bytes"]),
  /** What to do on a conflict without asking. */
  uploadConflict: conflictRuleSchema,
  downloadConflict: conflictRuleSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

/** Settings as the window sees them: the passwords of the proxies never leave the engine. */
export const shownSettingsSchema = z.extend(settingsSchema, {
  hasProxyPassword: z.boolean(),
  hasFtpProxyPassword: z.boolean(),
});
export type ShownSettings = z.infer<typeof shownSettingsSchema>;

export const defaultSettings: Settings = {
  language: "system",
  theme: "system",
  maxTransfers: automaticTransfers,
  maxRetries: 2,
  retryDelayMs: 5_000,
  timeoutMs: 20_000,
  keepAliveMs: 30_000,
  fallsBackToActive: true,
  activeFirstPort: 0,
  activeLastPort: 0,
  externalAddress: "",
  proxy: noProxy,
  ftpProxy: noFtpProxy,
  transferType: "binary",
  asciiExtensions: [...defaultAsciiExtensions],
  asciiWithoutExtension: false,
  asciiDotFiles: false,
  preserveTimes: true,
  showHidden: true,
  sizeFormat: "binary",
  uploadConflict: "ask",
  downloadConflict: "ask",
};
