import { ask, isRefusal, type Link, refusal } from "./link.ts";

/**
 * Whether the site wants compression and the server offers it: MODE Z (draft-preston-ftpext-deflate), for what comes. What goes travels as
 * it is: ProFTPD 1.3.8 (mod_deflate) answers a deflated STOR of some size with 451, or with 226 and bytes that were never sent.
 */
export function mayCompress({ compresses, features, learnt }: Link): boolean {
  return compresses && !learnt.refusesCompression && /\bZ\b/i.test(features.get("MODE") ?? "");
}

/**
 * Sees to the mode of the next transfer (RFC 959 §3.4): deflated where that is wanted and the server agrees, else the stream mode that
 * every server knows. Asks only when the mode changes. Resolves to whether the bytes will be deflated.
 */
export async function agreeOnMode(link: Link, wantsCompression: boolean, signal: AbortSignal): Promise<boolean> {
  const { learnt } = link;
  const isWanted = wantsCompression && mayCompress(link);
  if (isWanted && learnt.mode === "S") {
    const reply = await ask(link, "MODE Z", signal);
    learnt.refusesCompression = isRefusal(reply);
    if (!learnt.refusesCompression) learnt.mode = "Z";
  }
  if (!isWanted && learnt.mode === "Z") {
    const reply = await ask(link, "MODE S", signal);
    if (isRefusal(reply)) throw refusal(link, reply, "MODE S");
    learnt.mode = "S";
  }
  return learnt.mode === "Z";
}
