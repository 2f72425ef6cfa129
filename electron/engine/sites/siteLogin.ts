import { isDeepStrictEqual } from "node:util";
import type { Logon, SiteSettings } from "../../../shared/models/site.ts";

/** Only "normal" and "account" keep their password; "ask" asks in each run. */
export function keepsPassword(logon: Logon): boolean {
  return logon === "normal" || logon === "account";
}

export function keepsAccount(logon: Logon): boolean {
  return logon === "account";
}

export function isSameLogin(a: SiteSettings, b: SiteSettings): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port && a.logon === b.logon && a.user === b.user;
}

/** Whether sessions of one would not do for the other. */
export function differsInLogin(a: SiteSettings, b: SiteSettings): boolean {
  return !isSameLogin(a, b) || settingsOfSessions.some((name) => !isDeepStrictEqual(a[name], b[name]));
}

/** What a session keeps for life, beyond the login itself. */
const settingsOfSessions = [
  "encryption",
  "sessionLimit",
  "transferMode",
  "allowsForeignAddress",
  "minTlsVersion",
  "clientCertificate",
  "clientKey",
  "sendsHost",
  "loginCommands",
  "bypassesProxy",
  "timeZoneOffsetMinutes",
  "compresses",
] as const satisfies readonly (keyof SiteSettings)[];
