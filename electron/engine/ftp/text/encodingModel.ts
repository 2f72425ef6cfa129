import iconv from "iconv-lite";
import { type Alphabet, alphabets } from "./alphabets.ts";

/** What names in no known encoding can be read as. */
export type LegacyEncoding =
  | "windows-1252"
  | "ISO-8859-15"
  | "GB18030"
  | "Big5"
  | "Shift_JIS"
  | "EUC-JP"
  | "EUC-KR"
  | "windows-1251"
  | "KOI8-R"
  | "KOI8-U"
  | "ISO-8859-5"
  | "windows-1250"
  | "ISO-8859-2"
  | "windows-1253"
  | "ISO-8859-7"
  | "windows-1254";

/** Natural logarithm of a probability. */
export type Weight = number;

/** Somebody who writes a language in an encoding, and how likely each of the bytes is then. */
export type Model = {
  readonly label: LegacyEncoding;
  /** What is met more often in the world begins ahead. */
  readonly prior: Weight;
  /** How many bytes from `at` on are one character. */
  readonly lengthAt: (bytes: Uint8Array, at: number) => number;
  /** Of the character of `length` bytes at `at`. */
  readonly weightAt: (bytes: Uint8Array, at: number, length: number) => Weight;
  /** A run of `length` characters beyond ASCII; `touches`: it stands against ASCII letters, as in "Größe". */
  readonly run: (length: number, touches: boolean) => Weight;
};

const impossible: Weight = -25; // not minus infinity: one odd name must not decide about a thousand

/** Between ASCII letters no East Asian character is at home, though "v2版" exists. */
const eastAsianRun: Model["run"] = (_length, touches) => Math.log(touches ? 0.1 : 0.9);
/** A word of one or two letters is rare, and two bytes are a Chinese character as well. */
const wholeWords: Model["run"] = (length, touches) =>
  Math.log(touches ? 0.02 : 0.98) + Math.log(length <= 2 ? 0.1 : 0.9);
/** One letter, at most two, among ASCII ones. */
const latinRun: Model["run"] = (length, touches) =>
  Math.log(touches ? 0.97 : 0.03) + Math.log(length === 1 ? 0.9 : 0.1) * Math.max(1, length - 1);

const latinSigns = new Map(Object.entries({ "’": 6, "–": 3, "°": 3, "©": 2, "®": 2, "·": 1, "€": 2, "«": 1, "»": 1 }));
const other = 0.000_1;

/** Letters one by one among ASCII ones; any other character of the encoding is possible. */
export function latin(label: LegacyEncoding, prior: Weight, language: keyof typeof alphabets): Model {
  const shares = sharesOf(alphabets[language], 0.96, 0.04);
  for (const [sign, share] of latinSigns) shares.set(sign, share / 1_000);
  const weights = byteWeights(label, shares);
  const followers: (string | undefined)[] = [];
  for (let byte = 0x80; byte <= 0xff; byte++) {
    const character = iconv.decode(Buffer.of(byte), label);
    followers[byte] = followersOf[character];
    if (weights[byte] === impossible && isPrintable(character)) weights[byte] = Math.log(other);
  }
  return {
    label,
    prior,
    lengthAt: () => 1,
    weightAt: (bytes, at) => {
      const byte = bytes[at] ?? 0;
      return (weights[byte] ?? impossible) + (isFollowedBy(followers[byte], bytes[at + 1]) ? 0 : oddNeighbour);
    },
    run: latinRun,
  };
}

/** What stands behind a letter that others share their byte with: "ñ" never ends "dzień". A blank: no letter. */
const followersOf: Readonly<Record<string, string>> = { ñ: "aeiou", õ: "e", ã: "oe ", ì: " ", ò: " ", ù: " " };
const oddNeighbour: Weight = Math.log(0.1);

function isFollowedBy(followers: string | undefined, next: number | undefined): boolean {
  if (followers === undefined || (next !== undefined && next >= 0x80)) return true;
  const isAsciiLetter = next !== undefined && /[a-z]/i.test(String.fromCharCode(next));
  return followers.includes(isAsciiLetter ? String.fromCharCode(next).toLowerCase() : " ");
}

/** Whole words of letters beyond ASCII, and nothing else. */
export function letters(label: LegacyEncoding, prior: Weight, language: keyof typeof alphabets): Model {
  return {
    label,
    prior,
    ...oneByteEach(byteWeights(label, sharesOf(alphabets[language], 0.86, 0.14))),
    run: wholeWords,
  };
}

/** Letters with their capitals, each kind with its share of all. */
function sharesOf(alphabet: Alphabet, small: number, capital: number): Map<string, number> {
  const sum = [...alphabet.values()].reduce((total, share) => total + share, 0);
  const shares = new Map<string, number>();
  for (const [letter, share] of alphabet) {
    shares.set(letter, (share / sum) * small);
    const upper = letter.toUpperCase();
    if (upper.length === 1) shares.set(upper, (shares.get(upper) ?? 0) + (share / sum) * capital);
  }
  return shares;
}

/** The weight of each byte; letters that the encoding does not have are left out. */
function byteWeights(label: LegacyEncoding, shares: ReadonlyMap<string, number>): Float64Array {
  const weights = new Float64Array(256).fill(impossible);
  for (const [character, share] of shares) {
    const bytes = iconv.encode(character, label);
    const [byte = 0] = bytes;
    if (byte >= 0x80 && iconv.decode(bytes, label) === character) weights[byte] = Math.log(share);
  }
  return weights;
}

/** ISO encodings have controls where others have letters: nobody's name holds one. */
function isPrintable(character: string): boolean {
  return !/[\u0080-\u009f\ufffd]/.test(character);
}

function oneByteEach(weights: Float64Array): Pick<Model, "lengthAt" | "weightAt"> {
  return { lengthAt: () => 1, weightAt: (bytes, at) => weights[bytes[at] ?? 0] ?? impossible };
}

/** A part of a table: lead bytes, how much of all text it makes up without the common characters, over how many, and what follows. */
type Area = readonly [
  firstLead: number,
  lastLead: number,
  share: number,
  characters: number,
  trail: keyof typeof trails,
];

const trails = {
  /** Nothing follows: one byte is the character. */
  single: () => false,
  high: (byte: number) => isIn(byte, 0xa1, 0xfe),
  big5: (byte: number) => isIn(byte, 0x40, 0x7e) || isIn(byte, 0xa1, 0xfe),
  wide: (byte: number) => isIn(byte, 0x40, 0xfe) && byte !== 0x7f,
} as const;

const commonShare = 0.72;

/** Common characters each by itself, the others by the part of the table they stand in; a later area goes before an earlier one. */
export function eastAsian(
  label: LegacyEncoding,
  prior: Weight,
  common: ReadonlySet<string>,
  areas: readonly Area[],
): Model {
  const commonPairs = new Set<number>();
  for (const character of common) {
    const bytes = iconv.encode(character, label);
    if (bytes.length === 2 && iconv.decode(bytes, label) === character) commonPairs.add(bytes.readUInt16BE());
  }
  const commonWeight = Math.log(commonShare / commonPairs.size);
  const areasOf = new Map<number, readonly Area[]>();
  for (const area of areas) {
    for (let lead = area[0]; lead <= area[1]; lead++) areasOf.set(lead, [area, ...(areasOf.get(lead) ?? [])]);
  }
  const areaAt = (bytes: Uint8Array, at: number) =>
    areasOf.get(bytes[at] ?? 0)?.find(([, , , , trail]) => trail === "single" || trails[trail](bytes[at + 1] ?? 0));

  return {
    label,
    prior,
    lengthAt: (bytes, at) => {
      if (label === "GB18030" && isFourBytes(bytes, at)) return 4;
      const area = areaAt(bytes, at);
      return area === undefined || area[4] === "single" ? 1 : 2;
    },
    weightAt: (bytes, at, length) => {
      if (length === 4) return -14; // what GBK has no room for is rare
      if (length === 2 && commonPairs.has(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0))) return commonWeight;
      const area = areaAt(bytes, at);
      return area === undefined ? impossible : Math.log(area[2] / area[3]);
    },
    run: eastAsianRun,
  };
}

/** Four bytes of GB18030, "81 30 81 30" and on. */
function isFourBytes(bytes: Uint8Array, at: number): boolean {
  const [lead = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  return isIn(lead, 0x81, 0xfe) && isIn(second, 0x30, 0x39) && isIn(third, 0x81, 0xfe) && isIn(fourth, 0x30, 0x39);
}

function isIn(byte: number, low: number, high: number): boolean {
  return byte >= low && byte <= high;
}
