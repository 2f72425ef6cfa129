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
  readonly decode: (wire: string) => string;
  /** Text that a user typed, as the server is likely to understand it. */
  readonly encode: (text: string) => string;
  /** Shows names of one listing together, before they are decoded: more names make a surer guess. */
  readonly observe: (wires: readonly string[]) => void;
};

export type CodecOptions = {
  /** "auto" or an encoding label ("gb18030"). */
  readonly encoding: string;
  /** The server speaks UTF-8 (RFC 2640): what we send is UTF-8 whatever older names look like. */
  readonly speaksUtf8: boolean;
};

/** Throws `invalid-input` for an encoding that does not exist. */
export function textCodec({ encoding, speaksUtf8 }: CodecOptions): TextCodec {
  if (encoding.toLowerCase() === "auto") return detectingCodec(speaksUtf8);
  if (!iconv.encodingExists(encoding)) throw new AppError("invalid-input", `Unknown encoding "${encoding}"`);
  return {
    label: /^utf-?8$/i.test(encoding) ? "UTF-8" : encoding.toUpperCase(),
    decode: (wire) => (isAscii(wire) ? wire : iconv.decode(Buffer.from(wire, "latin1"), encoding)),
    encode: (text) => (isAscii(text) ? text : iconv.encode(text, encoding).toString("latin1")),
    observe: () => {},
  };
}

/** A name whose bytes are UTF-8 is UTF-8: other encodings practically never look like it. The rest is guessed from all names seen. */
function detectingCodec(speaksUtf8: boolean): TextCodec {
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
      if (isAscii(wire)) return wire;
      const bytes = Buffer.from(wire, "latin1");
      if (isUtf8(bytes)) return bytes.toString("utf8");
      if (legacy.count === 0) legacy.observe(bytes);
      const text = iconv.decode(bytes, legacy.label);
      // windows-1252 has a character for every byte, so a name that fits nothing can at least be told from the others.
      return text.includes("\ufffd") ? iconv.decode(bytes, "windows-1252") : text;
    },
    encode: (text) => {
      if (isAscii(text)) return text;
      const isLegacy = legacy.count > 0 && !hasUtf8 && !speaksUtf8;
      return (isLegacy ? iconv.encode(text, legacy.label) : Buffer.from(text, "utf8")).toString("latin1");
    },
    observe: (wires) => wires.forEach(observeOne),
  };
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
