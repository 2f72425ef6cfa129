import type { TransferMode } from "../../../../shared/models/site.ts";

/** How a data connection comes about: the client goes to the server (EPSV, PASV) or the server to the client (PORT, EPRT). */
export type DataWay = "EPSV" | "PASV" | "PORT" | "EPRT";

export type WaysAsked = {
  readonly mode: TransferMode;
  /** Whether an automatic choice may end with the server connecting to us. */
  readonly fallsBackToActive: boolean;
  /** PASV and PORT cannot say an IPv6 address. */
  readonly isIPv4: boolean;
  /** What worked last on this session. */
  readonly learnt: DataWay | null;
  /** What worked last on this host, perhaps over another network: a hint, not a promise. */
  readonly remembered: string | null;
};

/**
 * The ways in the order they are worth trying. What worked comes first. Once a passive way has worked on this session, a failure is no
 * reason to wait for a connection to us, which a firewall would most likely swallow.
 */
export function orderWays({ mode, fallsBackToActive, isIPv4, learnt, remembered }: WaysAsked): readonly DataWay[] {
  const passive: readonly DataWay[] = isIPv4 ? ["EPSV", "PASV"] : ["EPSV"];
  const active: readonly DataWay[] = isIPv4 ? ["PORT", "EPRT"] : ["EPRT"]; // every router that helps active FTP reads PORT
  const ways = {
    passive,
    active,
    automatic: fallsBackToActive && (learnt === null || isActive(learnt)) ? [...passive, ...active] : passive,
  }[mode];
  const first = ways.filter((way) => way === (learnt ?? remembered));
  return [...first, ...ways.filter((way) => !first.includes(way))];
}

export function isActive(way: DataWay): boolean {
  return way === "PORT" || way === "EPRT";
}
