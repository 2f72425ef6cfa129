import { demand, type Link } from "../session/link.ts";

/** NOOP (RFC 959 §4.1.3). Any refusal is reported; 421 ends the session. */
export async function keepAlive(link: Link, signal: AbortSignal): Promise<void> {
  await demand(link, "NOOP", signal);
}
