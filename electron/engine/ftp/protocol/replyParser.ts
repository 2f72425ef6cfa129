import { AppError } from "../../../../shared/errors/appError.ts";

/**
 * One reply (RFC 959 §4.2): its code and its lines without the code. Lines are wire strings, one character per byte; the codec
 * makes them readable.
 */
export type Reply = { readonly code: number; readonly lines: readonly string[] };

export type ReplyParser = {
  /** Takes bytes as they arrive, cut anywhere; gives the replies they complete. Throws `malformed-reply`, and is of no use afterwards. */
  readonly push: (bytes: Uint8Array) => readonly Reply[];
  /** Bytes held back because their reply is not complete. A reply ends with a line end, not with a packet. */
  readonly pendingBytes: number;
};

const maxLineBytes = 64 * 1024; // a longer line is an attack or not FTP
const maxReplyBytes = 256 * 1024; // the longest greetings and STAT replies seen are a few KiB

/** A line without its end, and its length with it. */
type Line = { readonly line: string; readonly bytes: number };

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Cuts the byte stream of a control connection into replies. Bare LF ends a line too: old Unix servers send it. */
export function replyParser(): ReplyParser {
  let pieces: Uint8Array[] = [];
  let lineBytes = 0;
  let open: { code: string; lines: string[]; bytes: number } | null = null;

  function takeLine({ line, bytes }: Line): Reply | null {
    if (open === null) return beginReply({ line, bytes });
    open.bytes += bytes;
    if (open.bytes > maxReplyBytes) throw malformed("a reply longer than 256 KiB");
    // "226 Done" closes, and so does a bare "226"; a line with another code is text (RFC 959 allows no nesting).
    const isLast = line.startsWith(`${open.code} `) || line === open.code;
    const isContinued = line.startsWith(`${open.code}-`);
    open.lines.push(isLast || isContinued ? line.slice(4) : line);
    if (!isLast) return null;
    const reply = { code: Number(open.code), lines: open.lines };
    open = null;
    return reply;
  }

  function beginReply({ line, bytes }: Line): Reply | null {
    if (line === "") return null; // some servers put an empty line between replies; it says nothing
    const [, code, mark] = /^([1-6]\d\d)([ -]|$)/.exec(line) ?? [];
    if (code === undefined) throw malformed(`"${printable(line)}" is not a reply`);
    if (mark !== "-") return { code: Number(code), lines: [line.slice(4)] };
    open = { code, lines: [line.slice(4)], bytes };
    return null;
  }

  function hold(rest: Uint8Array): void {
    if (rest.length === 0) return;
    pieces.push(rest);
    lineBytes += rest.length;
    if (lineBytes > maxLineBytes) throw malformed("a line longer than 64 KiB");
    const first = pieces[0]?.[0];
    const looksForeign = open === null && first !== undefined && !isDigit(first) && !isLineEnd(first);
    if (looksForeign) throw malformed(describeForeign(first));
  }

  function finishLine(end: Uint8Array): Line {
    const whole = pieces.length === 0 ? end : Buffer.concat([...pieces, end]);
    pieces = [];
    lineBytes = 0;
    if (whole.length > maxLineBytes) throw malformed("a line longer than 64 KiB");
    const length = whole.at(-1) === carriageReturn ? whole.length - 1 : whole.length;
    // Telnet (RFC 854) sends a literal CR as CR NUL.
    const line = Buffer.from(whole.buffer, whole.byteOffset, length).toString("latin1").replaceAll("\r\0", "\r");
    return { line, bytes: whole.length + 1 };
  }

  return {
    push: (bytes) => {
      const replies: Reply[] = [];
      let start = 0;
      for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
        const reply = takeLine(finishLine(bytes.subarray(start, end)));
        if (reply !== null) replies.push(reply);
        start = end + 1;
      }
      hold(bytes.slice(start));
      return replies;
    },
    get pendingBytes() {
      return lineBytes + (open?.bytes ?? 0);
    },
  };
}

/** The reply line by line as it came, for the log: "211-Features", " SIZE", "211 End". */
export function replyLines({ code, lines }: Reply): readonly string[] {
  const last = lines.length - 1;
  return lines.map((line, index) => (index === last ? `${code} ${line}` : index === 0 ? `${code}-${line}` : line));
}

/** The reply as one text for people and errors: "226 Done". */
export function replyText(reply: Reply): string {
  return reply.lines.join("\n").trim();
}

function describeForeign(first: number): string {
  // A TLS record (handshake 22, alert 21): a server that speaks TLS from the first byte, as on port 990.
  const isTlsRecord = first === 0x15 || first === 0x16;
  return isTlsRecord ? "TLS where plain FTP was expected; implicit TLS may be meant" : "something that is not FTP";
}

function malformed(what: string): AppError {
  return new AppError("malformed-reply", `The server sent ${what}`);
}

function printable(line: string): string {
  return line.slice(0, 80).replaceAll(/[^\x20-\x7e]/g, "?");
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isLineEnd(byte: number): boolean {
  return byte === lineFeed || byte === carriageReturn;
}
