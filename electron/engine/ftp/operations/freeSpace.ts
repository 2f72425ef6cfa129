import { ask, type Link } from "../session/link.ts";

/**
 * AVBL (draft-peterson-streamlined-ftp-command-extensions): bytes that may still be stored in a folder; null where the server offers no such
 * command, or will not say.
 */
export async function freeSpace(link: Link, folder: string, signal: AbortSignal): Promise<number | null> {
  if (!link.features.has("AVBL")) return null;
  const reply = await ask(link, `AVBL ${link.paths.folder(folder)}`, signal);
  // "213 1073741824"
  const [, digits] = /^\s*(\d{1,15})\b/.exec(reply.lines.at(-1) ?? "") ?? [];
  return reply.code === 213 && digits !== undefined ? Number(digits) : null;
}
