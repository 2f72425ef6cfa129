import { parseSize } from "../protocol/sizeReply.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { readUnixDate } from "./unixDate.ts";
import { isDigits, Words } from "./words.ts";

/** Novell NetWare: "d [R----F--] supervisor   512   Jan 16 18:53    login"; HellSoft: "d[RWCEMFA]  1 ops   512 Jul 01 11:49 htdocs". */
export const netware: ListingFamily = { name: "netware", readLine };

function readLine(line: string, context: LineContext): LineReading {
  const rights = /^([-d])\s?(\[[-A-Z]{7,9}\])\s/.exec(line);
  if (rights === null) return null;
  const words = new Words(line.slice(rights[0].length));
  for (let at = 1; at < 8 && words.has(at); at++) {
    const date = isDigits(words.text(at)) ? readUnixDate(words, at + 1, context) : null;
    if (date === null) continue;
    return asEntry({
      wireName: nameFrom(words, date.next),
      type: rights[1] === "d" ? "directory" : "file",
      size: rights[1] === "d" ? null : parseSize(words.text(at)),
      modifiedMs: date.ms,
      modifiedPrecision: date.precision,
      permissions: rights[0].trimEnd(),
      owner: ownerBefore(words, at),
    });
  }
  return null;
}

/** HellSoft puts a count before the owner; an owner may hold blanks. */
function ownerBefore(words: Words, size: number): string {
  const first = size > 1 && isDigits(words.text(0)) ? 1 : 0;
  return words.line.slice(words.start(first), words.end(size - 1));
}

function nameFrom(words: Words, next: number): string {
  return words.line.slice(words.start(next));
}
