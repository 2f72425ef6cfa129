import { parseSizeReply } from "../protocol/sizeReply.ts";
import { isUnsupported, type Link } from "../session/link.ts";
import { setModified } from "./attributes.ts";
import { stat } from "./stat.ts";

/**
 * SIZE (RFC 3659 §4), and the time with it in one segment: neither depends on the other, and both have one reply each. Resolves to the
 * size, null when the server shows none.
 */
export async function finishUpload(
  link: Link,
  path: string,
  modifiedMs: number | null,
  signal: AbortSignal,
): Promise<number | null> {
  const size = link.control.post(`SIZE ${link.paths.file(path)}`);
  if (modifiedMs !== null) await setModified(link, path, modifiedMs, signal);
  const reply = await size.finalReply(signal);
  if (isUnsupported(reply)) return (await stat(link, path, signal))?.size ?? null;
  return parseSizeReply(reply);
}
