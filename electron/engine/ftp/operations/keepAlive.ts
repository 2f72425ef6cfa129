import { ask, type Link } from "../session/link.ts";

/** NOOP (RFC 959 §4.1.3). Whatever the answer: the server is there. 421 ends the session by itself. */
export async function keepAlive(link: Link, signal: AbortSignal): Promise<void> {
  await ask(link, "NOOP", signal);
}
