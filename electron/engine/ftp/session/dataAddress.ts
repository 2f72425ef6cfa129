import { BlockList, isIPv4, isIPv6 } from "node:net";

/** What to do about the address in a 227 reply. */
export type DataAddress =
  | { readonly host: string; readonly note: string | null }
  /** It belongs to somebody else, or to nobody who may say so. */
  | { readonly refused: string };

/** The server at the other end of the control connection; its address is null where only a proxy knows it. */
export type ControlPeer = { readonly serverAddress: string | null; readonly host: string };

/**
 * Where a passive data connection goes. A server behind NAT announces an address that only its own network knows, or, seen from inside,
 * the outside one: its control connection shows the right one. A public address of another host is refused unless the site allows it:
 * it makes the client talk to a third party (CVE-2020-8284). Where a proxy has looked the server up, nobody here can tell a foreign
 * address from its own: the proxy is asked for the same name again.
 */
export function chooseDataAddress(
  announced: string,
  { serverAddress: peer, host }: ControlPeer,
  allowsForeign: boolean,
): DataAddress {
  if (peer === null) return allowsForeign && !isUnroutable(announced) ? sendTo(announced) : { host, note: null };
  if (announced === peer) return { host: peer, note: null };
  if (isUnroutable(announced) || isUnroutable(peer)) {
    return { host: peer, note: `The server announces the address ${announced}; using ${peer} instead` };
  }
  if (allowsForeign) return sendTo(announced);
  return { refused: `The server at ${peer} sends the data connection to ${announced}, which the site does not allow` };
}

function sendTo(host: string): DataAddress {
  return { host, note: `The server sends the data connection to ${host}` };
}

/** Not an address that the internet knows: private, shared, link-local, loopback, multicast or reserved (RFC 6890). */
export function isUnroutable(address: string): boolean {
  return unroutable.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/** "::ffff:192.0.2.7" as "192.0.2.7". A socket that serves both families shows IPv4 addresses like that. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/** "ftp.example.com:21", "[2001:db8::7]:21" (RFC 3986 §3.2) */
export function authorityOf(host: string, port: number): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

const unroutable = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  unroutable.addSubnet(net, bits, "ipv4");
}
for (const [net, bits] of [
  ["::", 127], // unspecified and loopback
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  unroutable.addSubnet(net, bits, "ipv6");
}
