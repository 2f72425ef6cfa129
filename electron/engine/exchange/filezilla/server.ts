import type { XmlElement } from "@rgrove/parse-xml";
import {
  defaultSiteSettings,
  type Encryption,
  type Logon,
  type SiteSettings,
  siteSettingsSchema,
  type TransferMode,
} from "../../../../shared/models/site.ts";
import { elementLine, numberOf, textOf } from "./xml.ts";

/**
 * A `<Server>` as a site, without its password. "other-protocol": it is not about FTP. "damaged": FileZilla would not take it either.
 * What a server is told at login (PostLoginCommands) may be secret or harmful and is not taken over.
 */
export function readServer(server: XmlElement): SiteSettings | "other-protocol" | "damaged" {
  const protocol = numberOf(server, "Protocol", 0);
  if (protocol === null || protocol < 0 || protocol > lastProtocol) return "damaged";
  const encryption = encryptions.get(protocol);
  if (encryption === undefined) return "other-protocol";
  const logon = logons.get(numberOf(server, "Logontype", 0) ?? -1);
  const user = textOf(server, "User");
  if (logon === undefined || (logon !== "anonymous" && logon !== "ask" && user === null)) return "damaged";
  const host = textOf(server, "Host") ?? "";
  const timeZone = numberOf(server, "TimezoneOffset", 0);
  const sessions = numberOf(server, "MaximumMultipleConnections", 0) ?? 0;
  const parsed = siteSettingsSchema.safeParse({
    ...defaultSiteSettings,
    name: textOf(server, "Name")?.trim().slice(0, 255) || host,
    host,
    port: numberOf(server, "Port", 0),
    encryption,
    logon,
    user: logon === "anonymous" ? "" : (user ?? ""),
    // FileZilla adds its offset to the server's times; ours says how far those are ahead of UTC.
    timeZoneOffsetMinutes: timeZone === 0 ? null : timeZone === null ? Number.NaN : -timeZone,
    transferMode: modes.get(textOf(server, "PasvMode") ?? "") ?? "automatic",
    sessionLimit: sessions > 0 ? Math.min(sessions, mostSessions) : null,
    encoding: readEncoding(server),
    bypassesProxy: textOf(server, "BypassProxy") === "1",
  } satisfies Record<keyof SiteSettings, unknown>);
  return parsed.success ? parsed.data : "damaged";
}

/** The lines inside `<Server>`, in FileZilla's order. No password: FileZilla will ask for it. null: XML cannot write this site. */
export function writeServer(site: SiteSettings, indent: number): string | null {
  const isCustom = site.encoding !== "auto" && site.encoding.toLowerCase() !== "utf-8";
  const fields: readonly (readonly [string, string | number])[] = [
    ["Host", site.host],
    ["Port", site.port],
    ["Protocol", protocols[site.encryption]],
    ["Type", 0],
    ...(site.logon === "anonymous" ? [] : ([["User", site.user]] as const)),
    ["Logontype", site.logon === "anonymous" ? logonTypes.anonymous : logonTypes.ask],
    ...(site.timeZoneOffsetMinutes === null ? [] : ([["TimezoneOffset", -site.timeZoneOffsetMinutes]] as const)),
    ["PasvMode", modeNames[site.transferMode]],
    ...(site.sessionLimit === null
      ? []
      : ([["MaximumMultipleConnections", Math.min(site.sessionLimit, mostSessions)]] as const)),
    ["EncodingType", site.encoding === "auto" ? "Auto" : isCustom ? "Custom" : "UTF-8"],
    ...(isCustom ? ([["CustomEncoding", site.encoding]] as const) : []),
    ["BypassProxy", site.bypassesProxy ? 1 : 0],
    ["Name", site.name],
  ];
  const lines = fields.map(([name, text]) => elementLine(indent, name, text));
  return lines.every((line) => line !== null) ? lines.join("") : null;
}

/** What of FileZilla's protocols is FTP; the others are SFTP, S3, WebDAV and the like. */
const encryptions: ReadonlyMap<number, Encryption> = new Map([
  [0, "tls-if-available"],
  [3, "tls-implicit"],
  [4, "tls-required"],
  [6, "plain"],
]);
const protocols = { "tls-if-available": 0, "tls-implicit": 3, "tls-required": 4, plain: 6 } as const satisfies Record<
  Encryption,
  number
>;
const lastProtocol = 21;

/** "interactive" asks as well. */
const logons: ReadonlyMap<number, Logon> = new Map([
  [0, "anonymous"],
  [1, "normal"],
  [2, "ask"],
  [3, "ask"],
  [4, "account"],
]);
const logonTypes = { anonymous: 0, ask: 2 } as const;

const modes: ReadonlyMap<string, TransferMode> = new Map([
  ["MODE_ACTIVE", "active"],
  ["MODE_PASSIVE", "passive"],
]);
const modeNames = { automatic: "MODE_DEFAULT", active: "MODE_ACTIVE", passive: "MODE_PASSIVE" } as const;

const mostSessions = 10; // what FileZilla takes

function readEncoding(server: XmlElement): string {
  switch (textOf(server, "EncodingType")) {
    case "UTF-8":
      return "utf-8";
    case "Custom":
      return textOf(server, "CustomEncoding")?.trim() || "auto";
    default:
      return "auto";
  }
}
