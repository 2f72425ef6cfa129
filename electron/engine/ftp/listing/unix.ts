import type { EntryType } from "../../../../shared/models/entry.ts";
import { parseSize } from "../protocol/sizeReply.ts";
import { monthNumber } from "./monthNames.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { readUnixDate, type UnixDate } from "./unixDate.ts";
import { isDigitAt, isDigits, Words } from "./words.ts";

/** `ls -l` in its dialects: "-rw-r--r--    1 ftp      ftp           528 Nov 01  2007 README". */
export const unix: ListingFamily = { name: "unix", readLine };

type Mode = {
  readonly type: EntryType;
  readonly permissions: string;
  /** Index of the first word that may be an owner. */
  readonly firstOwner: number;
};

/** Where the columns were found: the owner's and group's words, the size, the date. */
type Columns = { readonly ownerWords: readonly string[]; readonly sizeText: string; readonly date: UnixDate };

function readLine(line: string, context: LineContext): LineReading {
  const words = new Words(line);
  if (!words.has(0)) return "skip";
  const mode = readMode(words, modeIndex(words));
  if (mode === null) return isTotal(words) ? "skip" : null;
  const columns = findColumns(words, mode.firstOwner, context);
  if (columns === null) return readGluedTarget(line, mode, context) ?? readDateless(words, mode);
  const fullName = readName(words, columns.date.next);
  const { name, target } =
    mode.type === "symlink" ? splitLink(fullName, columns.sizeText) : { name: fullName, target: null };
  const [owner = null, ...group] = columns.ownerWords;
  return asEntry({
    wireName: mode.type === "directory" ? name.replace(/\/$/, "") : name, // "pub/": `ls -F`
    type: mode.type,
    size: mode.type === "file" ? readSize(columns.sizeText) : null,
    modifiedMs: columns.date.ms,
    modifiedPrecision: columns.date.precision,
    isUtc: columns.date.isUtc,
    permissions: mode.permissions,
    owner,
    group: group.length === 0 ? null : group.join(" "),
    linkTarget: target,
  });
}

/** The mode comes first, except in `ls -lis`: "131074    4 drwxr-xr-x  2 ftp …", the file's number and its blocks. */
function modeIndex(words: Words): number {
  let at = 0;
  while (at < 2 && isDigits(words.text(at))) at++;
  return at;
}

/**
 * "drwxr-xr-x", "-rw-r--r--+"; "drwxr-xr-x1732" where the link count ran into it; "drw-r--rw" from a server that lost a column; "drwxr-x" of
 * HylaFAX, which knows no others. Behind the permissions stand marks for access lists (+, AIX * and -), contexts (.) and attributes (@).
 */
function readMode(words: Words, at: number): Mode | null {
  const word = words.text(at);
  const end = /^[-dlbcpsDfwmnCMP?](?:[-rwxsStTlL]{6}|[-rwxsStTlL]{8,9})[-+.@*]{0,2}(?=\d*$)/.exec(word)?.[0].length;
  if (end === undefined) return null;
  const hasLinks = end === word.length && isDigits(words.text(at + 1));
  return { type: typeOf(word.charAt(0)), permissions: word.slice(0, end), firstOwner: at + (hasLinks ? 2 : 1) };
}

/** Besides what POSIX knows: f of odd servers, m of archives (migrated), C of contiguous files; no others can be fetched. */
function typeOf(letter: string): EntryType {
  if (letter === "d") return "directory";
  if (letter === "l") return "symlink";
  return "-fmC".includes(letter) ? "file" : "other";
}

/** "drwxr-xr-x 3 slopri devlab 512 pub": six words and no more, so that a date that cannot be read never becomes a name. */
function readDateless(words: Words, { type, permissions }: Mode): LineReading {
  const [links = "", owner = "", group = "", size = "", wireName = ""] = [1, 2, 3, 4, 5].map((at) => words.text(at));
  const isWhole = words.has(5) && !words.has(6) && isDigits(links) && isDigits(size);
  if (!isWhole || monthNumber(wireName) !== 0) return null;
  return asEntry({ wireName, type, size: type === "file" ? parseSize(size) : null, permissions, owner, group });
}

/** "total 112", "total 12K", in any language: a heading of two words, the second a number. */
function isTotal(words: Words): boolean {
  return words.has(1) && !words.has(2) && isSize(words.text(1));
}

/** The first size that a date follows. Owners and groups may hold blanks, be digits or be missing: nothing else is certain. */
function findColumns(words: Words, firstOwner: number, context: LineContext): Columns | null {
  for (let at = firstOwner - 1; words.has(at + 1); at++) {
    const sizeText = words.text(at);
    if (!isSize(sizeText)) continue;
    const date = readUnixDate(words, at + 1, context);
    if (date !== null) return { ownerWords: ownersBetween(words, firstOwner, at), sizeText, date };
  }
  return findGluedColumns(words, firstOwner, context);
}

/** HP Tru64 lets a long group run into the size: "advertise24809879 Jun  5 10:54". */
function findGluedColumns(words: Words, firstOwner: number, context: LineContext): Columns | null {
  for (let at = firstOwner; words.has(at + 1); at++) {
    const glued = /^(.*?[^\d-])(\d+)$/s.exec(words.text(at).slice(-64));
    const date = glued === null ? null : readUnixDate(words, at + 1, context);
    if (glued === null || date === null) continue;
    const [, group = "", sizeText = ""] = glued;
    return { ownerWords: [...ownersBetween(words, firstOwner, at), group], sizeText, date };
  }
  return null;
}

/** A link's target ran into the month: "542 /t11/incomingFeb  8  2007 in.lnk -> /t11/incoming". The end of the line says where to part them. */
function readGluedTarget(line: string, mode: Mode, context: LineContext): LineReading {
  const arrow = mode.type === "symlink" ? line.indexOf(" -> ") : -1;
  const target = arrow === -1 ? "" : line.slice(arrow + 4);
  const at = target === "" ? -1 : line.indexOf(` ${target}`);
  const rest = line.slice(at + 1 + target.length);
  return at === -1 || at >= arrow || !/^[^\W\d]/.test(rest) ? null : readLine(`${line.slice(0, at)} ${rest}`, context);
}

function ownersBetween(words: Words, from: number, to: number): readonly string[] {
  const owners: string[] = [];
  for (let at = from; at < to; at++) owners.push(words.text(at));
  // Device files show "8, 0" where others show the size.
  return owners.at(-1)?.endsWith(",") ? owners.slice(0, -1) : owners;
}

/** "1024", "1,024", "9.0M", "0x0d000001" (a device of HP-UX), "-1073741824" (a server that counts in 32 bits). */
function isSize(word: string): boolean {
  if (!isDigitAt(word, 0) && !isDigitAt(word, 1)) return false;
  return isDigits(word) || /^(?:-?\d[\d.,]{0,40}(?:[KMGT]?i?B?)|0x[\da-f]{1,16})$/i.test(word);
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
    words.start(next) - dateEnd === 2 &&
    words.start(next - 1) - words.end(next - 2) === 1 &&
    /^\d{4}$/.test(words.text(next - 1));
  return words.line.slice(dateEnd + (isLeftYear ? 2 : 1));
}

/** "www -> /www/basic"; where " -> " occurs twice, the link's size is the length of its target. */
function splitLink(fullName: string, sizeText: string): { readonly name: string; readonly target: string | null } {
  const arrow = " -> ";
  const first = fullName.indexOf(arrow);
  if (first === -1) return { name: fullName, target: null };
  const bySize = fullName.length - Number(sizeText) - arrow.length;
  const at = fullName.startsWith(arrow, bySize) && bySize > 0 ? bySize : first;
  return { name: fullName.slice(0, at), target: fullName.slice(at + arrow.length) || null };
}
