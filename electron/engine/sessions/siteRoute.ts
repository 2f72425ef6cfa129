import { AppError } from "../../../shared/errors/appError.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { Site } from "../../../shared/models/site.ts";
import type { FtpProxyServer, ProxyServer } from "./remoteSession.ts";

export type SiteRoute = { readonly proxy: ProxyServer | null; readonly ftpProxy: FtpProxyServer | null };

/**
 * The proxies of the settings, for a site that does not bypass them. Rejects with `proxy-failed` where one is chosen but not named:
 * who wants a proxy does not want to be seen without.
 */
export async function findRoute(
  site: Site,
  { proxy, ftpProxy }: Settings,
  passwordOf: (name: "proxy" | "ftpProxy") => Promise<string | null>,
): Promise<SiteRoute> {
  if (site.bypassesProxy || site.origin === "demo") return { proxy: null, ftpProxy: null };
  const withPassword = async <P extends { readonly host: string }>(name: "proxy" | "ftpProxy", server: P) => {
    if (server.host === "") throw new AppError("proxy-failed", "The settings choose a proxy and do not say its host");
    return { ...server, password: (await passwordOf(name)) ?? "" };
  };
  return {
    proxy: proxy.kind === "none" ? null : await withPassword("proxy", { ...proxy, kind: proxy.kind }),
    ftpProxy: ftpProxy.kind === "none" ? null : await withPassword("ftpProxy", { ...ftpProxy, kind: ftpProxy.kind }),
  };
}
