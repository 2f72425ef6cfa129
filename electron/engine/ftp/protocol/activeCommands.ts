import { isIPv4 } from "node:net";

/** "PORT 192,0,2,7,19,137" (RFC 959 §4.1.2); null for an IPv6 address, which it cannot say. */
export function portCommand(host: string, port: number): string | null {
  if (!isIPv4(host)) return null;
  return `PORT ${[...host.split("."), port >> 8, port & 0xff].join(",")}`;
}

/** "EPRT |1|192.0.2.7|5001|", "EPRT |2|2001:db8::7|5001|" (RFC 2428 §2). A zone ("%eth0") means nothing to the other side. */
export function extendedPortCommand(host: string, port: number): string {
  const address = host.replace(/%.*$/, "");
  return `EPRT |${isIPv4(address) ? 1 : 2}|${address}|${port}|`;
}
