import * as z from "zod/mini";

/** Empty, or a host; a proxy that is not in use need not name one. */
const proxyHost = z.string().check(
  z.trim(),
  z.maxLength(253),
  z.refine((host) => !/[\s/@\0]/.test(host), "is not a host name"),
);
const proxyPort = z.int().check(z.gte(1), z.lte(65_535));
const lineText = z.string().check(
  z.maxLength(1024),
  z.refine((text) => !/[\r\n\0]/.test(text), "must be one line"),
);

/** A proxy that passes connections on: SOCKS 4a, SOCKS 5 (RFC 1928, 1929) or HTTP CONNECT (RFC 9110 §9.3.6). Its password is kept apart. */
export const proxySchema = z.object({
  kind: z.enum(["none", "socks4a", "socks5", "http"]),
  host: proxyHost,
  port: proxyPort,
  user: lineText,
});
export type ProxySettings = z.infer<typeof proxySchema>;

/**
 * An FTP server that logs in to another one for us, and how it wants to be told: USER user@host, SITE host, OPEN host, or the lines of
 * `loginSequence` with %h host, %u user, %p password, %a account, %s proxy user, %w proxy password. Its password is kept apart.
 */
export const ftpProxySchema = z.object({
  kind: z.enum(["none", "user@host", "site", "open", "custom"]),
  host: proxyHost,
  port: proxyPort,
  user: lineText,
  loginSequence: z.array(lineText).check(z.maxLength(30)),
});
export type FtpProxySettings = z.infer<typeof ftpProxySchema>;

/** SOCKS 5 carries no more than 255 bytes (RFC 1929 §2); the FTP proxy's stands on a command line. */
export const proxyPasswordSchema = lineText.check(z.maxLength(255));

export const noProxy: ProxySettings = { kind: "none", host: "", port: 1080, user: "" };

/** Where proxies of a kind usually listen. */
export const defaultProxyPorts: Readonly<Record<ProxySettings["kind"], number>> = {
  none: 1080,
  socks4a: 1080,
  socks5: 1080,
  http: 8080,
};

/** What a login sequence of one's own begins with. */
export const usualLoginSequence = ["USER %s", "PASS %w", "USER %u@%h", "PASS %p", "ACCT %a"] as const;

export const noFtpProxy: FtpProxySettings = { kind: "none", host: "", port: 21, user: "", loginSequence: [] };
