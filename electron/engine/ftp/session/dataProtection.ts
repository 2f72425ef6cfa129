import { demand, type Link } from "./link.ts";

/** What puts the protection of data connections in force (RFC 4217 §8–9). */
export const protectionCommands: readonly string[] = ["PBSZ 0", "PROT P"];

/**
 * A transfer is refused because its data connection would be readable (RFC 4217 §12.3, 521 and 522): PROT P, and the same again. In an encrypted
 * session that happens where a server has dropped the protection by itself, as at a second login, or where a site's own commands have.
 */
export function asksForProtection({ code }: { readonly code: number }): boolean {
  return code === 521 || code === 522;
}

/** Rejects with the refusal: nothing is sent readably instead. */
export async function protectAnew(link: Link, signal: AbortSignal): Promise<void> {
  for (const command of protectionCommands) await demand(link, command, signal);
}
