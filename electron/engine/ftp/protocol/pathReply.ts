import type { Reply } from "./replyParser.ts";

/**
 * The path in a 257 reply to PWD or MKD, a quote in it doubled (RFC 959 appendix II): `257 "/foo/b""ar" created`. The path is the
 * server's own and never normalised. null when there is none, when its closing quote is missing, or when it holds control characters.
 */
export function parsePathReply(reply: Reply): string | null {
  if (reply.code !== 257) return null;
  const text = reply.lines.join("\n");
  const start = text.indexOf('"');
  if (start === -1) return null;
  let path = "";
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char !== '"') {
      path += char;
    } else if (text.charAt(at + 1) === '"') {
      path += '"';
      at++;
    } else {
      return path === "" || hasControlCharacter(path) ? null : path;
    }
  }
  return null;
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((char) => char < " " || char === "\x7f");
}
