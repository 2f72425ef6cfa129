import type { Features } from "../protocol/features.ts";
import { demand, isRefusal, type Link, refusal } from "../session/link.ts";

/**
 * SITE CPFR, SITE CPTO: the server copies a file or folder by itself, no byte of it travels. No RFC; ProFTPD's mod_copy speaks it. Rejects
 * with `not-found`, `permission-denied`, `remote-full` or `unsupported-command`. Whether an existing target is replaced is the server's choice.
 */
export async function copy(link: Link, path: string, newPath: string, signal: AbortSignal): Promise<void> {
  await demand(link, `SITE CPFR ${link.paths.entry(path, path)}`, signal, path);
  const command = `SITE CPTO ${link.paths.entry(newPath, path)}`;
  const reply = await link.control.post(command).finalReply(signal, patienceMs);
  if (isRefusal(reply)) throw refusal(link, reply, command, newPath);
}

/** "SITE COPY" (ProFTPD), "SITE CPFR;CPTO" and the like. */
export function offersCopy(features: Features): boolean {
  return /\b(?:COPY|CPFR)\b/i.test(features.get("SITE") ?? "");
}

const patienceMs = 10 * 60 * 1000; // copying takes as long as the server's disk does, and it says nothing meanwhile
