import * as z from "zod/mini";
import { defaultAsciiExtensions } from "./asciiExtensions.ts";
import { conflictRuleSchema } from "./conflictRule.ts";
import { conflictChoiceSchema } from "./prompt.ts";
import { ftpProxySchema, noFtpProxy, noProxy, proxySchema } from "./proxy.ts";
import { bytesPerSecondSchema, speedRuleSchema } from "./speedLimit.ts";

/** "auto": text is told by its name. */
export const transferTypeSchema = z.enum(["binary", "auto", "ascii"]);
export type TransferType = z.infer<typeof transferTypeSchema>;

export const whenFinishedSchema = z.enum(["nothing", "notify", "sound", "command", "quit", "sleep"]);
export type WhenFinished = z.infer<typeof whenFinishedSchema>;

const activePort = z.int().check(z.gte(0), z.lte(65_535));

/** Portside finds out how many transfers at once serve best. */
export const automaticTransfers = 0;

/** Settings kept by the engine. Each has a default, so that an older file stays readable. */
export const settingsSchema = z.object({
  language: z.enum(["system", "en", "zh-CN"]),
  theme: z.enum(["system", "light", "dark"]),
  /** Transfers at once over all sites, 1–20; `automaticTransfers`: as many as serve best. */
  maxTransfers: z.int().check(z.gte(0), z.lte(20)),
  /** The limits below are in force. Those of sites always are. */
  limitsSpeed: z.boolean(),
  /** What all transfers share each way, while there is no schedule. */
  maxDownBytesPerSecond: bytesPerSecondSchema,
  maxUpBytesPerSecond: bytesPerSecondSchema,
  /** With rules only the first that fits the time counts, and where none fits nothing is limited. */
  speedSchedule: z.array(speedRuleSchema).check(z.maxLength(20)),
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
  /** A drop of more files waits as a plan; 0: none does. */
  planAboveFiles: z.int().check(z.gte(0), z.lte(1_000_000)),
  showHidden: z.boolean(),
  sizeFormat: z.enum(["binary", "decimal", "bytes"]),
  /** What to do on a conflict without asking. */
  uploadConflict: conflictChoiceSchema,
  downloadConflict: conflictChoiceSchema,
  /** Exceptions from that; the first that fits decides. */
  conflictRules: z.array(conflictRuleSchema).check(z.maxLength(200)),
  /** What to do when the queue is finished. To quit and to sleep hold once. */
  whenFinished: whenFinishedSchema,
  /** What "command" runs, as the user wrote it, in the system's shell. */
  finishedCommand: z.string().check(z.maxLength(4_096)),
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
  limitsSpeed: false,
  maxDownBytesPerSecond: 1024 * 1024,
  maxUpBytesPerSecond: 256 * 1024,
  speedSchedule: [],
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
  planAboveFiles: 0,
  showHidden: true,
  sizeFormat: "binary",
  uploadConflict: "ask",
  downloadConflict: "ask",
  conflictRules: [],
  whenFinished: "notify",
  finishedCommand: "",
};
