import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { HostMemory } from "./hostMemory.ts";

type KnownBrowser = HostMemory["browsers"][number];

/** Who may speak to this host. Bound to one port: cookies ignore ports, so the cookie carries it in its name. */
export type Access = {
  /** A fresh one-time token; an older unused one ends. */
  readonly issueToken: () => string;
  /** Exchanges a token, once, for the value of a `Set-Cookie` header; null when it is wrong or used. Remembered when it resolves. */
  readonly exchange: (token: string) => Promise<string | null>;
  readonly hasCookie: (request: IncomingMessage) => boolean;
  /** The request was meant for us and not for a foreign name that resolves to 127.0.0.1 (DNS rebinding). */
  readonly isForUs: (request: IncomingMessage) => boolean;
  /** The request comes from our own page: its `Origin` is the very address it was sent to. */
  readonly isFromUs: (request: IncomingMessage) => boolean;
};

export type AccessOptions = {
  readonly port: number;
  readonly known: readonly KnownBrowser[];
  readonly now: () => number;
  /** Called with the whole list when a browser was added. */
  readonly remember: (known: readonly KnownBrowser[]) => Promise<void>;
};

const maxBrowsers = 20; // more than anyone uses; the oldest has to open a new address
const forgottenAfterMs = 30 * 24 * 60 * 60 * 1000; // a month: what a stolen backup of the data folder would at most be good for

export function createAccess({ port, known, now, remember }: AccessOptions): Access {
  const cookieName = `portside-${port}`;
  const ourHosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  let browsers = known.filter(({ sinceMs }) => now() - sinceMs < forgottenAfterMs);
  let tokenHash: Buffer | null = null;

  return {
    issueToken: () => {
      const token = createSecret();
      tokenHash = hash(token);
      return token;
    },
    exchange: async (token) => {
      if (tokenHash === null || !timingSafeEqual(hash(token), tokenHash)) return null;
      tokenHash = null;
      const cookie = createSecret();
      const browser = { cookieHash: hash(cookie).toString("hex"), sinceMs: now() };
      browsers = [...browsers, browser].slice(-maxBrowsers);
      await remember(browsers);
      return `${cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`;
    },
    hasCookie: (request) => {
      const shown = readCookies(request, cookieName).map(hash);
      return browsers.some(({ cookieHash }) => {
        const wanted = Buffer.from(cookieHash, "hex");
        return shown.some((candidate) => candidate.length === wanted.length && timingSafeEqual(candidate, wanted));
      });
    },
    isForUs: ({ headers }) => ourHosts.has(headers.host?.toLowerCase() ?? ""),
    isFromUs: ({ headers }) => headers.host !== undefined && headers.origin === `http://${headers.host}`,
  };
}

/** 256 bits that fit into an address. */
function createSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Equal lengths for timingSafeEqual, and nothing on disk that opens a door. */
function hash(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** "portside-8021=abc; other=1": every value of that name, because another page on 127.0.0.1 can set one of its own. */
function readCookies({ headers }: IncomingMessage, name: string): string[] {
  return (headers.cookie ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
