/** A command as it came: verb in capitals, argument byte for byte (latin-1). */
export type Command = { readonly verb: string; readonly argument: string };

/** Why a connection's input can no longer be understood. */
export class BrokenInput extends Error {}

const maxLineBytes = 8 * 1024; // twice the longest path of any system we run on

/**
 * Cuts the bytes of a control connection into lines. Strict: CR LF ends a line, a lone LF or a NUL breaks the input. The Telnet signals
 * that may go before ABOR (IAC IP, IAC DM; RFC 959 §4.1.3) are taken out.
 */
export function createLineCutter(): (chunk: Buffer) => string[] {
  let pending = "";
  return (chunk) => {
    pending += chunk.toString("latin1");
    const lines = pending.split("\r\n");
    pending = lines.pop() ?? "";
    if (pending.length > maxLineBytes) throw new BrokenInput("That line is too long.");
    for (const line of lines) {
      if (line.length > maxLineBytes) throw new BrokenInput("That line is too long.");
      if (/[\n\0]/.test(line)) throw new BrokenInput("Lines end with CR LF and hold neither LF nor NUL.");
    }
    if (pending.includes("\n")) throw new BrokenInput("Lines end with CR LF and hold neither LF nor NUL.");
    return lines.map((line) => line.replaceAll(/\xff[\xf2\xf4]/g, ""));
  };
}

/** "RETR some name" → RETR and "some name"; exactly one blank separates, the rest belongs to the name. */
export function parseCommand(line: string): Command {
  const space = line.indexOf(" ");
  const verb = space < 0 ? line : line.slice(0, space);
  return { verb: verb.toUpperCase(), argument: space < 0 ? "" : line.slice(space + 1) };
}
