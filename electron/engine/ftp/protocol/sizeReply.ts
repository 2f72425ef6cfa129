import type { Reply } from "./replyParser.ts";

/** Bytes in decimal digits; null for anything else, and for what a number cannot hold exactly: a size is never rounded or invented. */
export function parseSize(text: string): number | null {
  if (!/^\d+$/.test(text)) return null;
  const size = Number(text);
  return Number.isSafeInteger(size) ? size : null;
}

/** The size in a 213 reply to SIZE (RFC 3659 §4); null when it holds none. */
export function parseSizeReply(reply: Reply): number | null {
  return reply.code === 213 ? parseSize((reply.lines.at(-1) ?? "").trim()) : null;
}

/**
 * The size that many servers put into the 150 before a download: "150 Opening BINARY mode data connection for x (1234567 bytes)."
 * A hint only: the last such group counts, because a file name may imitate it.
 */
export function parseSizeHint(reply: Reply): number | null {
  const hints = [...reply.lines.join(" ").matchAll(/\((\d{1,20}) bytes?\)/gi)];
  return parseSize(hints.at(-1)?.[1] ?? "");
}
