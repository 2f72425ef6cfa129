import type { IncomingMessage, ServerResponse } from "node:http";
import { securityHeaders } from "../../shared/hosting/contentSecurityPolicy.ts";
import type { Access } from "./access.ts";
import { reentryPage, refusalPage } from "./pages.ts";
import type { LoadedFile } from "./rendererFiles.ts";

export type HttpRoutes = {
  readonly access: Access;
  readonly files: ReadonlyMap<string, LoadedFile>;
  /** Takes POST /drop: cookie and origin are checked already. */
  readonly receiveDrop: (request: IncomingMessage, url: URL, response: ServerResponse) => Promise<void>;
};

/**
 * Answers every HTTP request of the browser host. The order is the policy: who it was meant for (421), a token to exchange, who
 * asks (403), from where (403 for a foreign page), and only then what for.
 */
export function createRequestListener({ access, files, receiveDrop }: HttpRoutes) {
  return (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const url = parseUrl(request);
    if (!access.isForUs(request)) return answerText(response, 421, "Portside answers to its own address only.");
    if (url === null) return answerText(response, 400, "This is not an address.");

    const token = request.method === "GET" && url.pathname === "/" ? url.searchParams.get("token") : null;
    if (token !== null) return exchangeToken(access, token, request, response);
    if (!access.hasCookie(request)) return refuse(request, response);
    if (request.method === "POST" && url.pathname === "/drop") {
      if (!access.isFromUs(request))
        return answerText(response, 403, "Files are taken from Portside's own window only.");
      return receiveDrop(request, url, response);
    }
    return sendFile(files.get(url.pathname), request, response);
  };
}

/** Gives the cookie and takes the token out of the address bar. Who comes again with a used token but has the cookie is in. */
async function exchangeToken(access: Access, token: string, request: IncomingMessage, response: ServerResponse) {
  const cookie = await access.exchange(token);
  if (cookie === null && !access.hasCookie(request)) return answerPage(response, 403, refusalPage("used-token"));
  if (cookie !== null) response.setHeader("Set-Cookie", cookie);
  return response.writeHead(302, { Location: "/", "Cache-Control": "no-store" }).end();
}

function refuse(request: IncomingMessage, response: ServerResponse) {
  const followsForeignLink =
    request.headers["sec-fetch-site"] === "cross-site" && request.headers["sec-fetch-mode"] === "navigate";
  if (followsForeignLink && request.method === "GET") return answerPage(response, 200, reentryPage());
  return answerPage(response, 403, refusalPage("no-cookie"));
}

function sendFile(file: LoadedFile | undefined, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return answerText(response, 405, "Portside does not do that here.");
  }
  if (file === undefined) return answerText(response, 404, "There is no such file.");
  response.writeHead(200, {
    "Content-Type": file.contentType,
    "Content-Length": file.bytes.byteLength,
    "Cache-Control": file.cacheControl,
  });
  return response.end(request.method === "HEAD" ? undefined : file.bytes);
}

export function answerText(response: ServerResponse, status: number, text: string): ServerResponse {
  return answer(response, status, "text/plain; charset=utf-8", `${text}\n`);
}

function answerPage(response: ServerResponse, status: number, html: string): ServerResponse {
  return answer(response, status, "text/html; charset=utf-8", html);
}

function answer(response: ServerResponse, status: number, contentType: string, body: string): ServerResponse {
  return response.writeHead(status, { "Content-Type": contentType, "Cache-Control": "no-store" }).end(body);
}

/** Origin-form only ("/path?query"): a proxy's absolute form is not for us. */
export function parseUrl(request: IncomingMessage): URL | null {
  return request.url?.startsWith("/") ? URL.parse(`http://portside${request.url}`) : null;
}
