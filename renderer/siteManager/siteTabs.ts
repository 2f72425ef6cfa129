import type { DraftErrors, DraftField } from "./siteDraft.ts";

export const siteTabs = ["general", "advanced", "transfer"] as const;
export type SiteTab = (typeof siteTabs)[number];

/** Which tab a field stands on. */
const tabOf = {
  name: "general",
  host: "general",
  port: "general",
  encryption: "general",
  logon: "general",
  user: "general",
  colour: "general",
  comments: "general",
  localFolder: "advanced",
  remoteFolder: "advanced",
  encoding: "advanced",
  timeZoneOffsetMinutes: "advanced",
  sendsHost: "advanced",
  loginCommands: "advanced",
  bypassesProxy: "advanced",
  minTlsVersion: "advanced",
  clientCertificate: "advanced",
  clientKey: "advanced",
  transferMode: "transfer",
  allowsForeignAddress: "transfer",
  sessionLimit: "transfer",
  maxDownBytesPerSecond: "transfer",
  maxUpBytesPerSecond: "transfer",
  compresses: "transfer",
  allowsFxp: "transfer",
  evidence: "transfer",
  uploadsUnderTemporaryName: "transfer",
} as const satisfies Record<DraftField, SiteTab>;

/** How many fields of a tab stand in the way of saving. */
export function countErrors(errors: DraftErrors, tab: SiteTab): number {
  return (Object.keys(errors) as DraftField[]).filter((field) => tabOf[field] === tab).length;
}

/** Where to look after a failed try to save: here, if anything is wrong here. */
export function tabWithErrors(errors: DraftErrors, current: SiteTab): SiteTab {
  const isWrong = (tab: SiteTab) => countErrors(errors, tab) > 0;
  return isWrong(current) ? current : (siteTabs.find(isWrong) ?? current);
}
