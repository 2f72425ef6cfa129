import { AppError } from "../../../../shared/errors/appError.ts";
import type { Features } from "../protocol/features.ts";
import { demand, type Link } from "../session/link.ts";

/**
 * SITE SYMLINK: no RFC; ProFTPD's mod_site_misc takes the target and the link, parted by blanks, a name with blanks in quotes. Rejects with
 * `already-exists`, `permission-denied` or `name-not-allowed` for a name that quotes cannot carry.
 */
export async function createLink(link: Link, target: string, path: string, signal: AbortSignal): Promise<void> {
  await demand(link, `SITE SYMLINK ${quoted(link, target)} ${quoted(link, link.paths.file(path))}`, signal, path);
}

/** "SITE SYMLINK" (ProFTPD) in the answer to FEAT. */
export function offersLinks(features: Features): boolean {
  return /\bSYMLINK\b/i.test(features.get("SITE") ?? "");
}

function quoted(link: Link, path: string): string {
  if (!/[\s"\\]/.test(path)) return path;
  if (!/["\\]/.test(path)) return `"${path}"`;
  throw new AppError("name-not-allowed", "SITE SYMLINK carries no name with a quote", {
    path: link.codec.decode(path),
  });
}
