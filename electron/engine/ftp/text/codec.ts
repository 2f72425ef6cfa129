import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { AppError } from "../../../../shared/errors/appError.ts";
import { encodingDetector } from "./detectEncoding.ts";

/**
 * Wire strings (one character per byte, see shared/models/place.ts) to text and back. Decoding is for eyes only: commands always carry
 * the wire string, so that even a name that cannot be decoded can be fetched, renamed and deleted.
 */
export type TextCodec = {
  /** For people: "UTF-8", "GB18030". May settle with the first listing. */
  readonly label: string;
  /** UTF-8 was chosen, or nothing was: a server that can speak it shall. */
  readonly wantsUtf8: boolean;
  readonly decode: (wire: string) => string;
  /** Text that a user typed, as the server is likely to understand it. */
  readonly encode: (text: string) => string;
  /** Shows names of one listing together, before they are decoded: more names make a surer guess. */
  readonly observe: (wires: readonly string[]) => void;
};

export type CodecOptions = {
  /** "auto" or an encoding label ("gb18030"). A function is asked at each use: the user may choose another one at any time. */
  readonly encoding: string | (() => string);
  /** The server speaks UTF-8 (RFC 2640): what we send is UTF-8 while its own names are not plainly something else. */
  readonly speaksUtf8: boolean;
};

/** Throws `invalid-input` for an encoding that does not exist; one that is chosen later and does not exist changes nothing. */
export function textCodec({ encoding, speaksUtf8 }: CodecOptions): TextCodec {
  const chosen = typeof encoding === "function" ? encoding : () => encoding;
  const automatic = detectingCodec(speaksUtf8);
  let name = chosen();
  let codec = codecFor(name, automatic);

  function current(): Codec {
    const wanted = chosen();
    if (wanted !== name && isEncoding(wanted)) {
      name = wanted;
      codec = codecFor(name, automatic);
    }
    return codec;
  }

  return {
    get label() {
      return current().label;
    },
    get wantsUtf8() {
      return isAutomatic(chosen()) || labelOf(chosen()) === "UTF-8";
    },
    decode: (wire) => (isAscii(wire) ? wire : current().decode(wire)),
    encode: (text) => (isAscii(text) ? text : current().encode(text)),
    observe: automatic.observe, // whatever is chosen now: "automatic" may be chosen next
  };
}

/** "auto", or an encoding there are tables for. */
export function isEncoding(label: string): boolean {
  return isAutomatic(label) || iconv.encodingExists(label);
}

type Codec = Pick<TextCodec, "label" | "decode" | "encode">;

function codecFor(encoding: string, automatic: Codec): Codec {
  if (isAutomatic(encoding)) return automatic;
  if (!isEncoding(encoding)) throw new AppError("invalid-input", `Unknown encoding "${encoding}"`);
  return {
    label: labelOf(encoding),
    decode: (wire) => iconv.decode(Buffer.from(wire, "latin1"), encoding),
    encode: (text) => iconv.encode(text, encoding).toString("latin1"),
  };
}

function isAutomatic(encoding: string): boolean {
  return encoding.toLowerCase() === "auto";
}

const writtenOtherwise: Readonly<Record<string, string>> = { utf8: "UTF-8", big5: "Big5", shift_jis: "Shift_JIS" };

/** As the registries write it: "GB18030", "KOI8-R", "windows-1252". */
function labelOf(encoding: string): string {
  const lower = encoding.toLowerCase();
  return writtenOtherwise[lower] ?? (lower.startsWith("windows-") ? lower : encoding.toUpperCase());
}

const plainlyLegacy = 3; // names: one or two may be left over from another time

/** A name whose bytes are UTF-8 is UTF-8: other encodings practically never look like it. The rest is guessed from all names seen. */
function detectingCodec(speaksUtf8: boolean): Codec & Pick<TextCodec, "observe"> {
  const legacy = encodingDetector();
  let hasUtf8 = false;

  function observeOne(wire: string): void {
    if (isAscii(wire)) return;
    const bytes = Buffer.from(wire, "latin1");
    if (isUtf8(bytes)) hasUtf8 = true;
    else legacy.observe(bytes);
  }

  return {
    get label() {
      return hasUtf8 || legacy.count === 0 ? "UTF-8" : legacy.label;
    },
    decode: (wire) => {
      const bytes = Buffer.from(wire, "latin1");
      if (isUtf8(bytes)) return bytes.toString("utf8");
      if (legacy.count === 0) legacy.observe(bytes);
      const text = iconv.decode(bytes, legacy.label);
      // windows-1252 has a character for every byte, so a name that fits nothing can at least be told from the others.
      return text.includes("\ufffd") ? iconv.decode(bytes, "windows-1252") : text;
    },
    encode: (text) => {
      // Serv-U and IIS in China say UTF8 and mean the code page of their system.
      const isLegacy = !hasUtf8 && legacy.count >= (speaksUtf8 ? plainlyLegacy : 1);
      return (isLegacy ? iconv.encode(text, legacy.label) : Buffer.from(text, "utf8")).toString("latin1");
    },
    observe: (wires) => wires.forEach(observeOne),
  };
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
