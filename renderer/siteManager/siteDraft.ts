import { judgeCommand } from "../../shared/models/consoleCommand.ts";
import {
  defaultPortOf,
  defaultSiteSettings,
  type Encryption,
  type Logon,
  type SiteSettings,
  siteSettingsSchema,
} from "../../shared/models/site.ts";
import type { SecretChanges } from "../intents/siteIntents.ts";
import { formatOffset, parseOffset } from "./timeZoneOffset.ts";

/** A secret while a site is edited. "" leaves the stored one alone, unless it is forgotten when the draft is saved. */
export type SecretDraft = { readonly typed: string; readonly isForgotten: boolean };

type TextField =
  | "port"
  | "sessionLimit"
  | "maxDownBytesPerSecond"
  | "maxUpBytesPerSecond"
  | "loginCommands"
  | "timeZoneOffsetMinutes";

/** A site while it is edited: numbers, times and lists are text until they are saved. */
export type SiteDraft = Omit<SiteSettings, TextField> & {
  readonly port: string;
  readonly sessionLimit: string;
  /** KiB/s; empty: no limit. */
  readonly maxDownBytesPerSecond: string;
  readonly maxUpBytesPerSecond: string;
  /** One command a line. */
  readonly loginCommands: string;
  /** "+8:00" */
  readonly timeZoneOffsetMinutes: string;
  readonly password: SecretDraft;
  readonly account: SecretDraft;
};

export type DraftField = keyof SiteSettings;
export type DraftErrors = Readonly<Partial<Record<DraftField, true>>>;

/** The draft as the contract wants it, or the fields that stand in the way. */
export type CheckedDraft =
  | { readonly settings: SiteSettings; readonly secrets: SecretChanges; readonly errors: null }
  | { readonly errors: DraftErrors };

/** Untouched. */
export const noSecret: SecretDraft = { typed: "", isForgotten: false };

/** A site that is not saved yet: named, and without a host. */
export function newDraft(name: string): SiteDraft {
  return draftOf({ ...defaultSiteSettings, name, host: "" });
}

export function draftOf(site: SiteSettings): SiteDraft {
  const { name, host, port, encryption, logon, user, localFolder, remoteFolder } = site;
  const { comments, colour, encoding, sessionLimit, transferMode, allowsForeignAddress } = site;
  const { minTlsVersion, clientCertificate, clientKey, sendsHost, bypassesProxy, compresses, allowsFxp } = site;
  const { loginCommands, timeZoneOffsetMinutes, maxDownBytesPerSecond, maxUpBytesPerSecond } = site;
  const { evidence, uploadsUnderTemporaryName } = site;
  return {
    ...{ name, host, encryption, logon, user, localFolder, remoteFolder, comments, colour, encoding },
    ...{ transferMode, allowsForeignAddress, minTlsVersion, clientCertificate, clientKey },
    ...{ sendsHost, bypassesProxy, compresses, allowsFxp, evidence, uploadsUnderTemporaryName },
    port: String(port),
    sessionLimit: sessionLimit === null ? "" : String(sessionLimit),
    maxDownBytesPerSecond: speedText(maxDownBytesPerSecond),
    maxUpBytesPerSecond: speedText(maxUpBytesPerSecond),
    loginCommands: loginCommands.join("\n"),
    timeZoneOffsetMinutes: formatOffset(timeZoneOffsetMinutes),
    password: noSecret,
    account: noSecret,
  };
}

export function isChanged(draft: SiteDraft, saved: SiteDraft): boolean {
  const { password, account, ...settings } = draft;
  const isTouched = [password, account].some(({ typed, isForgotten }) => typed !== "" || isForgotten);
  return isTouched || (Object.keys(settings) as (keyof typeof settings)[]).some((name) => saved[name] !== draft[name]);
}

/** Another encryption brings its own port, as long as the port was only a default. */
export function withEncryption(draft: SiteDraft, encryption: Encryption): SiteDraft {
  const isDefaultPort = draft.port.trim() === "" || draft.port.trim() === String(defaultPortOf(draft.encryption));
  return { ...draft, encryption, port: isDefaultPort ? String(defaultPortOf(encryption)) : draft.port };
}

export function checkDraft(draft: SiteDraft): CheckedDraft {
  const { password, account, port, sessionLimit, loginCommands, timeZoneOffsetMinutes, ...rest } = draft;
  const { maxDownBytesPerSecond, maxUpBytesPerSecond } = draft;
  const commands = loginCommands.split("\n").filter((line) => line.trim() !== "");
  const parsed = siteSettingsSchema.safeParse({
    ...rest,
    port: wholeNumber(port) ?? defaultPortWhenEmpty(draft),
    sessionLimit: sessionLimit.trim() === "" ? null : wholeNumber(sessionLimit),
    maxDownBytesPerSecond: bytesPerSecond(maxDownBytesPerSecond),
    maxUpBytesPerSecond: bytesPerSecond(maxUpBytesPerSecond),
    loginCommands: commands.every(canFollowLogin) ? commands : undefined,
    timeZoneOffsetMinutes: parseOffset(timeZoneOffsetMinutes),
  });
  if (!parsed.success) return { errors: errorsOf(parsed.error.issues) };
  return {
    settings: parsed.data,
    secrets: {
      password: changeOf(password, takesStoredPassword(draft.logon)),
      account: changeOf(account, takesAccount(draft.logon)),
    },
    errors: null,
  };
}

export function takesUser(logon: Logon): boolean {
  return logon !== "anonymous";
}

export function takesStoredPassword(logon: Logon): boolean {
  return logon === "normal" || logon === "account";
}

export function takesAccount(logon: Logon): boolean {
  return logon === "account";
}

function changeOf({ typed, isForgotten }: SecretDraft, isKept: boolean): string | null | undefined {
  if (isForgotten || !isKept) return null;
  return typed === "" ? undefined : typed;
}

/** The engine would not send it otherwise. */
function canFollowLogin(line: string): boolean {
  const { kind } = judgeCommand(line);
  return kind === "run" || kind === "confirm";
}

/** "22" is a number, " 22 " too; "22a", "2.5" and "" are not. */
function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}

function speedText(bytesPerSecond: number): string {
  return bytesPerSecond === 0 ? "" : String(Math.round(bytesPerSecond / 1024));
}

function bytesPerSecond(text: string): number | undefined {
  const kibibytes = text.trim() === "" ? 0 : wholeNumber(text);
  return kibibytes === undefined ? undefined : kibibytes * 1024;
}

function defaultPortWhenEmpty({ port, encryption }: SiteDraft): number | undefined {
  return port.trim() === "" ? defaultPortOf(encryption) : undefined;
}

function errorsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): DraftErrors {
  return Object.fromEntries(issues.map((issue) => [String(issue.path[0]), true as const]));
}
