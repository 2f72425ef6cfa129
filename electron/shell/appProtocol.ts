import { join } from "node:path";
import { securityHeaders } from "../../shared/hosting/contentSecurityPolicy.ts";
import { findRendererFile } from "../../shared/hosting/rendererFile.ts";

/** The window's own scheme: a secure origin of its own instead of file://, which could read every file. */
export const appScheme = "app";
export const appAddress = `${appScheme}://main/`;

/** Must be registered before Electron is ready. `standard` makes an origin of it, `secure` a trustworthy one. */
export const appSchemePrivileges = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const;

export type ReadFile = (path: string) => Promise<Uint8Array<ArrayBuffer>>;

/** Answers app://main/… with a file of the built window, and everything else with 404. Never reads outside `folder`. */
export function createAppResponder(folder: string, readFile: ReadFile) {
  return async (request: Request): Promise<Response> => {
    const url = URL.parse(request.url);
    const file = url !== null && isOurUrl(request.url) ? findRendererFile(url.pathname) : null;
    const bytes = file === null ? null : await readFile(join(folder, ...file.segments)).catch(() => null);
    if (file === null || bytes === null)
      return new Response("There is no such file.", { status: 404, headers: securityHeaders });
    return new Response(bytes, { headers: { ...securityHeaders, "Content-Type": file.contentType } });
  };
}

/** True for the window's own pages only. */
export function isOurUrl(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${appScheme}:` && url.host === "main" && url.username === "" && url.port === "";
}
