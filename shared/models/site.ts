import * as z from "zod/mini";
import { evidenceChoiceSchema } from "./evidence.ts";
import { bytesPerSecondSchema } from "./speedLimit.ts";

/** "tls-if-available" tries AUTH TLS and goes on without it when refused; "tls-required" never does. RFC 4217. */
export const encryptionSchema = z.enum(["tls-if-available", "tls-required", "tls-implicit", "plain"]);
export type Encryption = z.infer<typeof encryptionSchema>;

/** "ask" asks for the password at each first connect and keeps it in memory only; "account" also sends ACCT. */
export const logonSchema = z.enum(["anonymous", "normal", "ask", "account"]);
export type Logon = z.infer<typeof logonSchema>;

/** Who opens data connections: "passive" the client, "active" the server; "automatic" finds out. RFC 959 §3.2. */
export const transferModeSchema = z.enum(["automatic", "passive", "active"]);
export type TransferMode = z.infer<typeof transferModeSchema>;

/** The oldest TLS that is good enough. "TLSv1" is for servers that nobody can update: 1.0 and 1.1 are broken (RFC 8996). */
export const tlsVersionSchema = z.enum(["TLSv1", "TLSv1.2", "TLSv1.3"]);
export type TlsVersion = z.infer<typeof tlsVersionSchema>;

export const temporaryUploadSchema = z.enum(["automatic", "never"]);
export type TemporaryUpload = z.infer<typeof temporaryUploadSchema>;

export const siteColourSchema = z.enum(["none", "red", "green", "blue", "yellow", "cyan", "magenta", "orange"]);
export type SiteColour = z.infer<typeof siteColourSchema>;

/** "auto": UTF-8 where the bytes are UTF-8, else guessed from the listing's own bytes. Otherwise an encoding label ("gb18030"). */
export const encodingSchema = z.string().check(z.minLength(1), z.maxLength(40));

/** Text a control connection can carry: no CR, LF or NUL. RFC 959 §5.3. */
const lineText = z.string().check(
  z.maxLength(1024),
  z.refine((text) => !/[\r\n\0]/.test(text), "must be one line"),
);

export const hostSchema = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(253),
  z.refine((host) => !/[\s/@\0]/.test(host), "is not a host name"),
);
export const portSchema = z.int().check(z.gte(1), z.lte(65535));

/** What a user can set about a site, without its place in the tree and without secrets. */
export const siteSettingsSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(255)),
  host: hostSchema,
  port: portSchema,
  encryption: encryptionSchema,
  logon: logonSchema,
  user: lineText,
  /** A local path; empty: stay where the pane is. */
  localFolder: z.string().check(z.maxLength(4096)),
  /** A remote path as text; empty: the folder the server opens. */
  remoteFolder: lineText,
  comments: z.string().check(z.maxLength(20_000)),
  colour: siteColourSchema,
  encoding: encodingSchema,
  /** Sessions at most, browsing included; null: Portside's own limit. */
  sessionLimit: z.nullable(z.int().check(z.gte(1), z.lte(40))),
  transferMode: transferModeSchema,
  /** The server may send data connections to a public address that is not its own. */
  allowsForeignAddress: z.boolean(),
  minTlsVersion: tlsVersionSchema,
  /** Local paths of PEM files that prove who we are; empty: none. An empty key: it stands in the certificate's file. */
  clientCertificate: z.string().check(z.maxLength(4096)),
  clientKey: z.string().check(z.maxLength(4096)),
  /** Sends HOST before the login, for servers with a site per name (RFC 7151). */
  sendsHost: z.boolean(),
  /** Raw command lines sent after each login. */
  loginCommands: z.array(lineText.check(z.minLength(1))).check(z.maxLength(20)),
  /** Connects without the proxies of the settings. */
  bypassesProxy: z.boolean(),
  /** How far the times of the server's listings are ahead of UTC; null: found out by itself. */
  timeZoneOffsetMinutes: z.nullable(z.int().check(z.gte(-1440), z.lte(1440))),
  /** What all transfers with this site share each way. */
  maxDownBytesPerSecond: bytesPerSecondSchema,
  maxUpBytesPerSecond: bytesPerSecondSchema,
  /** Compresses what shrinks on its way, where the server offers it (MODE Z). */
  compresses: z.boolean(),
  /** Files may go between this server and another one directly (RFC 959 §5.2, two servers). */
  allowsFxp: z.boolean(),
  /** What is to be proved of each file that was transferred. */
  evidence: evidenceChoiceSchema,
  /** "automatic": uploads get their name when they are complete, where the server renames. */
  uploadsUnderTemporaryName: temporaryUploadSchema,
});
export type SiteSettings = z.infer<typeof siteSettingsSchema>;

/** Where a site comes from: saved in the site manager, made by quick connect (kept for history and queue), or the demo server. */
export const siteOriginSchema = z.enum(["saved", "quick", "demo"]);

export const siteSchema = z.extend(siteSettingsSchema, {
  id: z.string(),
  origin: siteOriginSchema,
  folderId: z.nullable(z.string()),
  /** Position among its siblings, folders and sites together. */
  position: z.number(),
  /** The password itself never leaves the engine. */
  hasPassword: z.boolean(),
  /** Nor does the account that some servers ask for as well (ACCT). */
  hasAccount: z.boolean(),
  lastConnectedMs: z.nullable(z.number()),
});
export type Site = z.infer<typeof siteSchema>;

export const siteFolderSchema = z.object({
  id: z.string(),
  folderId: z.nullable(z.string()),
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(255)),
  position: z.number(),
  isExpanded: z.boolean(),
});
export type SiteFolder = z.infer<typeof siteFolderSchema>;

export const defaultSiteSettings: SiteSettings = {
  name: "New site",
  host: "localhost",
  port: 21,
  encryption: "tls-if-available",
  logon: "normal",
  user: "",
  localFolder: "",
  remoteFolder: "",
  comments: "",
  colour: "none",
  encoding: "auto",
  sessionLimit: null,
  transferMode: "automatic",
  allowsForeignAddress: false,
  minTlsVersion: "TLSv1.2",
  clientCertificate: "",
  clientKey: "",
  sendsHost: false,
  loginCommands: [],
  bypassesProxy: false,
  timeZoneOffsetMinutes: null,
  maxDownBytesPerSecond: 0,
  maxUpBytesPerSecond: 0,
  compresses: false,
  allowsFxp: false,
  evidence: "automatic",
  uploadsUnderTemporaryName: "automatic",
};

/** RFC 959: 21. Implicit TLS has its own by IANA. */
export function defaultPortOf(encryption: Encryption): number {
  return encryption === "tls-implicit" ? 990 : 21;
}
