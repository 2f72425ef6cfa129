import { ask, demand, isRefusal, type Link } from "../session/link.ts";

/**
 * CWD (RFC 959 §4.1.1). Rejects with the refusal: `not-found`, `permission-denied`, `not-a-directory`. Sent each time: a folder that
 * another session has removed and made again is another one, and a server that stayed in the old one would list nothing.
 */
export async function changeFolder(link: Link, path: string, signal: AbortSignal): Promise<void> {
  await demand(link, `CWD ${link.paths.folder(path)}`, signal, path);
}

/** Whether a path is a folder, found out by going there: the one question that every server answers. */
export async function isFolder(link: Link, path: string, signal: AbortSignal): Promise<boolean> {
  return !isRefusal(await ask(link, `CWD ${link.paths.folder(path)}`, signal));
}
