import { defaultPortOf, type Encryption } from "./models/site.ts";

/** What a typed address says. `null`: it does not say. */
export type Address = {
  readonly host: string;
  readonly port: number | null;
  readonly encryption: Encryption | null;
  readonly user: string | null;
  readonly password: string | null;
  /** Decoded text, to be resolved by the server; null: wherever it opens. */
  readonly path: string | null;
};

export type AddressProblem = "empty" | "scheme" | "host" | "port";

const encryptionOf: Readonly<Record<string, Encryption | null>> = {
  ftp: null, // says nothing about TLS: the site's setting or the default decides
  ftps: "tls-implicit",
  ftpes: "tls-required",
};

/**
 * Reads "example.org", "example.org:2121", "user@example.org", "ftp://user:pass@example.org:21/path" (RFC 3986 §3, RFC 1738 §3.2),
 * "[2001:db8::1]:21" and a bare IPv6 address. User, password and path may be percent-encoded; what is not valid percent-encoding is
 * taken as it stands.
 */
export function parseAddress(typed: string): Address | AddressProblem {
  const text = typed.trim();
  if (text === "") return "empty";

  const scheme = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\//i.exec(text);
  const schemeName = scheme?.groups?.scheme?.toLowerCase() ?? "ftp";
  const encryption = encryptionOf[schemeName];
  if (encryption === undefined) return "scheme";

  const rest = text.slice(scheme?.[0].length ?? 0);
  const slash = rest.indexOf("/");
  const authority = slash === -1 ? rest : rest.slice(0, slash);
  const path = slash === -1 ? "" : rest.slice(slash);

  // A password may hold "@": the last one ends it.
  const at = authority.lastIndexOf("@");
  const login = at === -1 ? null : authority.slice(0, at);
  const place = parseHostAndPort(authority.slice(at + 1));
  if (typeof place === "string") return place;

  const colon = login?.indexOf(":") ?? -1;
  return {
    ...place,
    encryption,
    user: login === null ? null : decode(colon === -1 ? login : login.slice(0, colon)),
    password: login === null || colon === -1 ? null : decode(login.slice(colon + 1)),
    path: path === "" || path === "/" ? null : decode(path),
  };
}

/** The port that goes without saying for an address. */
export function portOf({ port, encryption }: Address): number {
  return port ?? defaultPortOf(encryption ?? "tls-if-available");
}

function parseHostAndPort(text: string): { host: string; port: number | null } | AddressProblem {
  const bracketed = /^\[(?<host>[0-9a-f:.%]+)\](?::(?<port>.*))?$/i.exec(text);
  if (bracketed?.groups) return withPort(bracketed.groups.host ?? "", bracketed.groups.port);
  const isBareIpv6 = text.split(":").length > 2 && /^[0-9a-f:.%]+$/i.test(text);
  if (isBareIpv6) return { host: text, port: null };
  const colon = text.indexOf(":");
  return colon === -1 ? withPort(text, undefined) : withPort(text.slice(0, colon), text.slice(colon + 1));
}

function withPort(host: string, portText: string | undefined): { host: string; port: number | null } | AddressProblem {
  if (host === "" || /[\s@/\\?#[\]]/.test(host)) return "host";
  if (portText === undefined || portText === "") return { host, port: null };
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  return port >= 1 && port <= 65535 ? { host, port } : "port";
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
