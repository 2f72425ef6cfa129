import { type AddressProblem, parseAddress, portOf } from "../../shared/address.ts";
import { defaultSiteSettings, type Site, type SiteSettings } from "../../shared/models/site.ts";

export type QuickFields = {
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly port: string;
};

export type QuickPlan =
  | { readonly kind: "site"; readonly siteId: string }
  | {
      readonly kind: "address";
      readonly settings: SiteSettings;
      /** undefined: nothing typed; the stored one is used if there is one. */
      readonly password: string | undefined;
      readonly path: string | null;
    }
  | { readonly kind: "wrong"; readonly problem: AddressProblem };

/** What Connect does with the fields: a saved site by its name, or the address they make together. */
export function planQuickConnect(fields: QuickFields, sites: readonly Site[]): QuickPlan {
  const named = siteByName(fields.host, sites);
  if (named !== null) return { kind: "site", siteId: named.id };

  const address = parseAddress(fields.host);
  if (typeof address === "string") return { kind: "wrong", problem: address };
  const port = fields.port.trim() === "" ? portOf(address) : toPort(fields.port);
  if (port === null) return { kind: "wrong", problem: "port" };

  const user = fields.user.trim() || address.user || "";
  const password = fields.password || (address.password ?? "");
  return {
    kind: "address",
    settings: {
      ...defaultSiteSettings,
      name: user === "" ? address.host : `${user}@${address.host}`,
      host: address.host,
      port,
      encryption: address.encryption ?? defaultSiteSettings.encryption,
      logon: user === "" ? "anonymous" : "normal",
      user,
    },
    password: password === "" ? undefined : password,
    path: address.path,
  };
}

/** An address as typed, taken apart into the fields, so that no password stays readable. null: nothing to take apart. */
export function spreadAddress(fields: QuickFields): QuickFields | null {
  const address = parseAddress(fields.host);
  if (typeof address === "string" || (address.user === null && address.password === null)) return null;
  const at = fields.host.lastIndexOf("@");
  const scheme = /^\s*[a-z][a-z0-9+.-]*:\/\//i.exec(fields.host)?.[0] ?? "";
  return {
    ...fields,
    host: scheme + fields.host.slice(at + 1),
    user: address.user ?? fields.user,
    password: address.password ?? fields.password,
  };
}

/** The saved site of this name, whatever its case. Quick-connect history is no site. */
export function siteByName(typed: string, sites: readonly Site[]): Site | null {
  const wanted = typed.trim().toLocaleLowerCase();
  return sites.find(({ name, origin }) => origin !== "quick" && name.toLocaleLowerCase() === wanted) ?? null;
}

function toPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : null;
}
