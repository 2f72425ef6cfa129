import { ask, isRefusal, type Link, refusal } from "../session/link.ts";

/** CWD (RFC 959 §4.1.1), unless we are there. Rejects with the refusal: `not-found`, `permission-denied`, `not-a-directory`. */
export async function changeFolder(link: Link, path: string, signal: AbortSignal): Promise<void> {
  if (link.learnt.folder === path) return;
  link.learnt.folder = null; // unknown until the reply is here
  const command = `CWD ${path}`;
  const reply = await ask(link, command, signal);
  if (isRefusal(reply)) throw refusal(link, reply, command, path);
  link.learnt.folder = path;
}

/** Whether a path is a folder, found out by going there: the one question that every server answers. */
export async function isFolder(link: Link, path: string, signal: AbortSignal): Promise<boolean> {
  link.learnt.folder = null;
  const reply = await ask(link, `CWD ${path}`, signal);
  if (isRefusal(reply)) return false;
  link.learnt.folder = path;
  return true;
}
