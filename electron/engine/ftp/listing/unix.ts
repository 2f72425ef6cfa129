import type { EntryType } from "../../../../shared/models/entry.ts";
import { parseSize } from "../protocol/sizeReply.ts";
import { monthNumber } from "./monthNames.ts";
import { asEntry, isSelfOrParent, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { readUnixDate, type UnixDate } from "./unixDate.ts";
import { splitWords, type Words } from "./words.ts";

/** `ls -l` in its dialects: "-rw-r--r--    1 ftp      ftp           528 Nov 01  2007 README". */
export const unix: ListingFamily = { name: "unix", readLine };

type Mode = { readonly type: EntryType; readonly permissions: string; readonly hasLinkCount: boolean };

/** Where the columns were found: the owner's and group's words, the size, the date. */
type Columns = { readonly ownerWords: readonly string[]; readonly sizeText: string; readonly date: UnixDate };

function readLine(line: string, context: LineContext): LineReading {
  const words = splitWords(line);
  if (words.count === 0) return "skip";
  const mode = readMode(words.text(0));
  if (mode === null) return isTotal(words) ? "skip" : null;
  const firstOwner = mode.hasLinkCount || !/^\d+$/.test(words.text(1)) ? 1 : 2;
  const columns = findColumns(words, firstOwner, context);
  if (columns === null) return readDateless(words, mode);
  const fullName = readName(words, columns.date.next);
  if (fullName.trim() === "") return null;
  const { name, target } =
    mode.type === "symlink" ? splitLink(fullName, columns.sizeText) : { name: fullName, target: null };
  if (isSelfOrParent(name)) return "skip";
  const [owner = null, ...group] = columns.ownerWords;
  return {
    wireName: name,
    type: mode.type,
    size: mode.type === "file" ? readSize(columns.sizeText) : null,
    modifiedMs: columns.date.ms,
    modifiedPrecision: columns.date.precision,
    isUtc: columns.date.isUtc,
    permissions: mode.permissions,
    owner,
    group: group.length === 0 ? null : group.join(" "),
    linkTarget: target,
  };
}

/** "drwxr-xr-x", "-rw-r--r--+"; "drwxr-xr-x1732" where the link count ran into it; "drw-r--rw" from a server
 * that lost a column; "drwxr-x" of HylaFAX, which knows no others. */
function readMode(word: string): Mode | null {
  const match = /^([-dlbcpsDf])([-rwxsStTlL]{6}|[-rwxsStTlL]{8,9})([+.@]?)(\d*)$/.exec(word);
  if (match === null) return null;
  const [, letter = "", flags = "", mark = "", links = ""] = match;
  return { type: typeOf(letter), permissions: letter + flags + mark, hasLinkCount: links !== "" };
}

function typeOf(letter: string): EntryType {
  if (letter === "-" || letter === "f") return "file";
  if (letter === "d") return "directory";
  return letter === "l" ? "symlink" : "other";
}

/** "drwxr-xr-x 3 slopri devlab 512 pub": six words and no more, so that a date that cannot be read never becomes a name. */
function readDateless(words: Words, { type, permissions }: Mode): LineReading {
  const [links, owner, group, size, wireName] = [1, 2, 3, 4, 5].map(words.text);
  const isWhole = words.count === 6 && /^\d+$/.test(links ?? "") && /^\d+$/.test(size ?? "");
  if (!isWhole || owner === undefined || wireName === undefined || monthNumber(wireName) !== 0) return null;
  return asEntry({
    wireName,
    type,
    size: type === "file" ? parseSize(size ?? "") : null,
    permissions,
    owner,
    group: group ?? null,
  });
}

/** "total 112", in any language: a heading of two words, the second a number. */
function isTotal(words: Words): boolean {
  return words.count === 2 && /^\d+$/.test(words.text(1));
}

/** The first size that a date follows. Owners and groups may hold blanks, be digits or be missing: nothing else is certain. */
function findColumns(words: Words, firstOwner: number, context: LineContext): Columns | null {
  for (let at = 1; at + 1 < words.count; at++) {
    const sizeText = words.text(at);
    if (!isSize(sizeText)) continue;
    const date = readUnixDate(words, at + 1, context);
    if (date !== null) return { ownerWords: ownersBetween(words, firstOwner, at), sizeText, date };
  }
  return findGluedColumns(words, firstOwner, context);
}

/** HP Tru64 lets a long group run into the size: "advertise24809879 Jun  5 10:54". */
function findGluedColumns(words: Words, firstOwner: number, context: LineContext): Columns | null {
  for (let at = firstOwner; at + 1 < words.count; at++) {
    const glued = /^(.*?\D)(\d+)$/s.exec(words.text(at).slice(-64));
    const date = glued === null ? null : readUnixDate(words, at + 1, context);
    if (glued === null || date === null) continue;
    const [, group = "", sizeText = ""] = glued;
    return { ownerWords: [...ownersBetween(words, firstOwner, at), group], sizeText, date };
  }
  return null;
}

function ownersBetween(words: Words, from: number, to: number): readonly string[] {
  const owners: string[] = [];
  for (let at = from; at < to; at++) owners.push(words.text(at));
  // Device files show "8, 0" where others show the size.
  return owners.at(-1)?.endsWith(",") ? owners.slice(0, -1) : owners;
}

function isSize(word: string): boolean {
  return /^\d[\d.,]{0,40}[KMGT]?$/i.test(word);
}

/** "9.0M" is rounded by the server; a rounded size would make every download look incomplete, so it counts as not said. */
function readSize(text: string): number | null {
  return /^\d{1,3}([.,]\d{3})+$/.test(text) ? parseSize(text.replaceAll(/[.,]/g, "")) : parseSize(text);
}

/**
 * One blank parts date and name; further ones belong to the name. Only a year that stands left in its five columns
 * ("Feb 18 2005  D4I0") has two.
 */
function readName(words: Words, next: number): string {
  const dateEnd = words.end(next - 1);
  const isLeftYear =
    /^\d{4}$/.test(words.text(next - 1)) &&
    words.start(next - 1) - words.end(next - 2) === 1 &&
    words.start(next) - dateEnd === 2;
  return words.line.slice(dateEnd + (isLeftYear ? 2 : 1));
}

/** "www -> /www/basic"; where " -> " occurs twice, the link's size is the length of its target. */
function splitLink(fullName: string, sizeText: string): { readonly name: string; readonly target: string | null } {
  const arrow = " -> ";
  const first = fullName.indexOf(arrow);
  if (first === -1) return { name: fullName, target: null };
  const bySize = fullName.length - Number(sizeText) - arrow.length;
  const at = fullName.startsWith(arrow, bySize) && bySize > 0 ? bySize : first;
  return { name: fullName.slice(0, at), target: fullName.slice(at + arrow.length) };
}
