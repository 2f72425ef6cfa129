import {
  defaultPortOf,
  defaultSiteSettings,
  type Encryption,
  type Logon,
  type SiteSettings,
  siteSettingsSchema,
} from "../../shared/models/site.ts";

/** A site while it is edited: numbers and lists are text until they are saved. */
export type SiteDraft = Omit<SiteSettings, "port" | "sessionLimit" | "loginCommands" | "timeZoneOffsetMinutes"> & {
  readonly port: string;
  readonly sessionLimit: string;
  /** One command a line. */
  readonly loginCommands: string;
  readonly timeZoneOffsetMinutes: string;
  /** What was typed; "" leaves the stored password alone. */
  readonly password: string;
  /** The stored password goes when the draft is saved. */
  readonly forgetsPassword: boolean;
};

export type DraftField = keyof SiteSettings;
export type DraftErrors = Readonly<Partial<Record<DraftField, true>>>;

/** The draft as the contract wants it, or the fields that stand in the way. */
export type CheckedDraft =
  | { readonly settings: SiteSettings; readonly password: string | null | undefined; readonly errors: null }
  | { readonly errors: DraftErrors };

/** A site that is not saved yet: named, and without a host. */
export function newDraft(name: string): SiteDraft {
  return draftOf({ ...defaultSiteSettings, name, host: "" });
}

export function draftOf(site: SiteSettings): SiteDraft {
  const { name, host, port, encryption, logon, user, account, localFolder, remoteFolder } = site;
  const { comments, colour, encoding, sessionLimit, transferMode, allowsForeignAddress } = site;
  const { minTlsVersion, clientCertificate, clientKey, sendsHost, bypassesProxy, compresses, allowsFxp } = site;
  const { loginCommands, timeZoneOffsetMinutes } = site;
  return {
    ...{ name, host, encryption, logon, user, account, localFolder, remoteFolder, comments, colour, encoding },
    ...{ transferMode, allowsForeignAddress, minTlsVersion, clientCertificate, clientKey },
    ...{ sendsHost, bypassesProxy, compresses, allowsFxp },
    port: String(port),
    sessionLimit: sessionLimit === null ? "" : String(sessionLimit),
    loginCommands: loginCommands.join("\n"),
    timeZoneOffsetMinutes: timeZoneOffsetMinutes === null ? "" : String(timeZoneOffsetMinutes),
    password: "",
    forgetsPassword: false,
  };
}

export function isChanged(draft: SiteDraft, saved: SiteDraft): boolean {
  return (Object.keys(saved) as (keyof SiteDraft)[]).some((field) => saved[field] !== draft[field]);
}

/** Another encryption brings its own port, as long as the port was only a default. */
export function withEncryption(draft: SiteDraft, encryption: Encryption): SiteDraft {
  const isDefaultPort = draft.port.trim() === "" || draft.port.trim() === String(defaultPortOf(draft.encryption));
  return { ...draft, encryption, port: isDefaultPort ? String(defaultPortOf(encryption)) : draft.port };
}

export function withPassword(draft: SiteDraft, password: string): SiteDraft {
  return { ...draft, password, forgetsPassword: false };
}

export function checkDraft(draft: SiteDraft): CheckedDraft {
  const { password, forgetsPassword, port, sessionLimit, loginCommands, timeZoneOffsetMinutes, ...rest } = draft;
  const parsed = siteSettingsSchema.safeParse({
    ...rest,
    port: wholeNumber(port) ?? defaultPortWhenEmpty(draft),
    sessionLimit: sessionLimit.trim() === "" ? null : wholeNumber(sessionLimit),
    loginCommands: loginCommands.split("\n").filter((line) => line.trim() !== ""),
    timeZoneOffsetMinutes: timeZoneOffsetMinutes.trim() === "" ? null : signedNumber(timeZoneOffsetMinutes),
  });
  if (!parsed.success) return { errors: errorsOf(parsed.error.issues) };
  const keepsPassword = takesStoredPassword(draft.logon);
  return {
    settings: parsed.data,
    password: forgetsPassword || !keepsPassword ? null : password === "" ? undefined : password,
    errors: null,
  };
}

export function takesUser(logon: Logon): boolean {
  return logon !== "anonymous";
}

export function takesStoredPassword(logon: Logon): boolean {
  return logon === "normal" || logon === "account";
}

/** "22" is a number, " 22 " too; "22a", "2.5" and "" are not. */
function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}

function signedNumber(text: string): number | undefined {
  return /^[+-]?\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}

function defaultPortWhenEmpty({ port, encryption }: SiteDraft): number | undefined {
  return port.trim() === "" ? defaultPortOf(encryption) : undefined;
}

function errorsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): DraftErrors {
  return Object.fromEntries(issues.map((issue) => [String(issue.path[0]), true as const]));
}
