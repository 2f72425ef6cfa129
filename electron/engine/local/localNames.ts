import { createHash } from "node:crypto";
import { AppError } from "../../../shared/errors/appError.ts";

/** Whose rules a local name has to keep. */
export type NamePlatform = "windows" | "mac" | "linux";

export function namePlatformOf(platform: NodeJS.Platform): NamePlatform {
  return platform === "win32" ? "windows" : platform === "darwin" ? "mac" : "linux";
}

/**
 * One remote name as one local segment. What the file system would refuse or read as a path is written with a look-alike character,
 * and a look-alike that was there before is marked where it could be taken for one of ours, so that `fromLocalName` gives the remote name
 * back. A name over 255 bytes is
 * shortened with a mark of its own, which alone cannot be undone. Names are never URL-decoded.
 * Throws `name-not-allowed` for an empty name.
 */
export function toLocalName(remoteName: string, platform: NamePlatform): string {
  if (remoteName === "") throw new AppError("name-not-allowed", "The server sent an entry without a name");
  const name = remoteName.toWellFormed(); // half a character cannot be written to a disk
  if (name === "." || name === "..") return dotLike.repeat(name.length);
  if (platform !== "windows" && /^．{1,2}$/u.test(name)) return mark + name; // there every "．" is marked anyway
  const escaped = Array.from(name, (character) => writable(character, platform)).join("");
  const kept = platform === "windows" ? keepWindowsRules(escaped) : escaped;
  return shorten(kept, platform);
}

/** The remote name a local one of the same platform stands for. */
export function fromLocalName(localName: string, platform: NamePlatform): string {
  if (/^．{1,2}$/u.test(localName)) return ".".repeat(localName.length);
  let name = "";
  let isMarked = false;
  for (const character of localName) {
    if (isMarked) name += character;
    else if (character !== mark) name += meaning(character, platform) ?? character;
    isMarked = !isMarked && character === mark;
  }
  return name;
}

/** `wanted`, or with " (2)", " (3)" … before its extension, the first that nobody has taken. */
export function freeNameAmong(wanted: string, isTaken: (name: string) => boolean): string {
  for (let count = 1; ; count++) {
    const name = numberedName(wanted, count);
    if (!isTaken(name)) return name;
  }
}

/** The `count`-th name to try for `wanted`: "a.txt", "a (2).txt", "a (3).txt" … */
export function numberedName(wanted: string, count: number): string {
  if (count === 1) return wanted;
  const { stem, extension } = splitExtension(wanted);
  return `${stem} (${count})${extension}`;
}

/** What two names must not share to live in one folder: case and composition do not count where the file system ignores them. */
export function nameKey(name: string, platform: NamePlatform): string {
  return platform === "linux" ? name : name.normalize("NFC").toLowerCase();
}

/** `name` with `suffix`, shortened in front of it where the result would be too long for a file system. */
export function withSuffix(name: string, suffix: string): string {
  if (byteLength(name + suffix) <= maxNameBytes) return name + suffix;
  return `${cutToBytes(name, maxNameBytes - byteLength(suffix) - 9)}~${digest(name)}${suffix}`;
}

const maxNameBytes = 255; // ext4, XFS, APFS; Windows counts 255 UTF-16 units, which are never more than bytes
const mark = "‛"; // U+201B: the character behind it means itself
const dotLike = "．"; // U+FF0E

/** Look-alikes of what Windows forbids; "/" is forbidden everywhere. */
const lookAlikes: Readonly<Record<string, string>> = {
  "/": "／",
  "\\": "＼",
  ":": "：",
  "*": "＊",
  "?": "？",
  '"': "＂",
  "<": "＜",
  ">": "＞",
  "|": "｜",
};
const meanings = new Map(Object.entries(lookAlikes).map(([plain, look]) => [look, plain]));

function writable(character: string, platform: NamePlatform): string {
  if (character === mark || meaning(character, platform) !== null) return mark + character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code); // control pictures: ␀ … ␟
  if (code === 0x7f) return "␡";
  if (code >= 0x80 && code < 0xa0) return String.fromCodePoint(0xf000 + code); // C1: where Cygwin and WSL keep such characters
  const isForbidden = character === "/" || (platform === "windows" && character in lookAlikes);
  return isForbidden ? (lookAlikes[character] ?? character) : character;
}

/** The character a look-alike stands for on this platform; null for one that stands for itself, as "：" does in many Chinese names. */
function meaning(character: string, platform: NamePlatform): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x2400 && code <= 0x2420) return String.fromCodePoint(code - 0x2400); // ␠ (U+2420) is a blank
  if (code >= 0xf080 && code < 0xf0a0) return String.fromCodePoint(code - 0xf000);
  if (character === "␡") return "\x7f";
  if (character === "／") return "/";
  if (platform !== "windows") return null;
  return character === dotLike ? "." : (meanings.get(character) ?? null);
}

// Devices of DOS, with or without an extension: "aux.txt" cannot be created either.
const windowsDevice = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\s*$)/iu;

function keepWindowsRules(name: string): string {
  const last = name.at(-1);
  const tailed = last === "." ? name.slice(0, -1) + dotLike : last === " " ? `${name.slice(0, -1)}␠` : name;
  return windowsDevice.test(tailed) ? mark + tailed : tailed;
}

function shorten(name: string, platform: NamePlatform): string {
  const length = platform === "windows" ? name.length : byteLength(name);
  if (length <= maxNameBytes) return name;
  const { stem, extension } = splitExtension(name);
  const tail = byteLength(extension) <= 32 ? extension : "";
  return withSuffix(`${stem}${tail === "" ? extension : ""}`, tail);
}

/** The extension with its dot. A leading dot does not begin one; ".tar.gz" stays whole. */
function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const found = /^(?<stem>.+?)(?<extension>(?:\.tar)?\.[^. ]{1,16})$/su.exec(name)?.groups;
  return { stem: found?.stem ?? name, extension: found?.extension ?? "" };
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

function cutToBytes(text: string, bytes: number): string {
  let cut = "";
  let used = 0;
  for (const character of text) {
    used += byteLength(character);
    if (used > bytes) break;
    cut += character;
  }
  return cut;
}

function digest(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 8);
}
