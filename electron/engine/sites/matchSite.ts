import type { Site, SiteSettings } from "../../../shared/models/site.ts";

/** What tells servers and users of servers apart. */
export type Login = Pick<SiteSettings, "host" | "port" | "logon" | "user">;

/**
 * The known site that a file from elsewhere means: the same server and the same user, however they log in. A saved one goes before one of
 * the history; null: there is none.
 */
export function matchSite(sites: readonly Site[], login: Login): Site | null {
  const same = sites.filter((site) => isSameServer(site, login) && userOf(site) === userOf(login));
  return same.find(({ origin }) => origin === "saved") ?? same[0] ?? null;
}

function isSameServer(a: Login, b: Login): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port;
}

function userOf({ logon, user }: Login): string {
  return logon === "anonymous" ? "anonymous" : user;
}
