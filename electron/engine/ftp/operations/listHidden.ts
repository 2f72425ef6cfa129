import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry } from "../../../../shared/models/entry.ts";
import type { Link } from "../session/link.ts";
import { listForPeople } from "./list.ts";

/**
 * A folder by LIST -a (RFC 959 §4.1.3; the option is `ls`'s), which shows what other listings leave out: links that lead nowhere (ProFTPD's
 * MLSD), links that pass for folders (pyftpdlib's MLSD), names that begin with a dot. By LIST alone where a server takes the option for the
 * name of a folder. Rejects as `list` does; a server that refuses both shows nothing.
 */
export async function listHidden(
  link: Link,
  path: string,
  onEntries: (entries: readonly Entry[]) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    await listForPeople(link, path, onEntries, signal, "-a");
  } catch (error) {
    if (!isAnswer(error) || !link.control.isOpen) throw error;
  }
}

/** Refused by a reply: the session is as good as before. */
function isAnswer(error: unknown): boolean {
  return error instanceof AppError && error.reply !== undefined && error.reply.code >= 450;
}
