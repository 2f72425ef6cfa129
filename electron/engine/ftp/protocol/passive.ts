import type { Reply } from "./replyParser.ts";

export type PassiveAddress = { readonly host: string; readonly port: number };

/**
 * "227 Entering Passive Mode (h1,h2,h3,h4,p1,p2)" (RFC 959 §4.1.2); null when it is not exactly that. The parentheses are optional
 * (MultiNet writes "use PORT 198,51,100,7,10,31"), blanks behind the commas too. Port 0 is read as it stands; nobody can connect to it.
 */
export function parsePassiveReply(reply: Reply): PassiveAddress | null {
  if (reply.code !== 227) return null;
  const match = /(?<![\w,])(\d{1,3}(?:, ?\d{1,3}){5})(?![\d,])/.exec(reply.lines.join(" "));
  const [h1, h2, h3, h4, high, low] = (match?.[1] ?? "").split(",").map(Number);
  if (h1 === undefined || h2 === undefined || h3 === undefined || h4 === undefined) return null;
  if (high === undefined || low === undefined) return null;
  if (Math.max(h1, h2, h3, h4, high, low) > 255) return null;
  const port = high * 256 + low;
  return { host: [h1, h2, h3, h4].join("."), port };
}

/**
 * "229 Entering Extended Passive Mode (|||6446|)" (RFC 2428 §3); null when it is not exactly that. Any delimiter of ASCII 33–126 will
 * do (IBM i sends "!"). An address in it is not read: the data connection goes where the control connection goes.
 */
export function parseExtendedPassiveReply(reply: Reply): { readonly port: number } | null {
  if (reply.code !== 229) return null;
  const match = /\(([\x21-\x2f\x3a-\x7e])\d?\1[0-9A-Fa-f.:]*\1(?<port>\d{1,5})\1\)/.exec(reply.lines.join(" "));
  const port = Number(match?.groups?.port ?? 0);
  return port >= 1 && port <= 65535 ? { port } : null;
}

/** Ports that no FTP server hands out for data. A server that names one wants us to talk to some other service (CVE-2020-8284). */
export function isSafeDataPort(port: number): boolean {
  return port >= 1024;
}
