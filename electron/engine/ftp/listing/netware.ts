import { parseSize } from "../protocol/sizeReply.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { readUnixDate } from "./unixDate.ts";
import { splitWords, type Words } from "./words.ts";

/** Novell NetWare: "d [R----F--] supervisor   512   Jan 16 18:53    login"; HellSoft: "d[RWCEMFA]  1 ops   512 Jul 01 11:49 htdocs". */
export const netware: ListingFamily = { name: "netware", readLine };

function readLine(line: string, context: LineContext): LineReading {
  const rights = /^([-d])\s?(\[[-A-Z]{7,9}\])\s/.exec(line);
  if (rights === null) return null;
  const words = splitWords(line.slice(rights[0].length));
  for (let at = 1; at < Math.min(words.count, 4); at++) {
    const date = /^\d+$/.test(words.text(at)) ? readUnixDate(words, at + 1, context) : null;
    if (date === null) continue;
    return asEntry({
      wireName: nameFrom(words, date.next),
      type: rights[1] === "d" ? "directory" : "file",
      size: rights[1] === "d" ? null : parseSize(words.text(at)),
      modifiedMs: date.ms,
      modifiedPrecision: date.precision,
      permissions: rights[0].trimEnd(),
      owner: words.text(at - 1),
    });
  }
  return null;
}

function nameFrom(words: Words, next: number): string {
  return words.line.slice(words.start(next));
}
