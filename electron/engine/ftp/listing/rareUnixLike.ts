import { parseSize } from "../protocol/sizeReply.ts";
import { monthNumber } from "./monthNames.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { readUnixDate } from "./unixDate.ts";
import { Words } from "./words.ts";

/** Sterling Connect:Enterprise, a mailbox: "-C--E-----FTP B QUA1I1      18128       41 Aug 12 13:56 BATCH". */
export const connectEnterprise: ListingFamily = { name: "connect-enterprise", readLine: readBatch };

/** `dls` of old archive sites: "README   763  Feb  3 18:21  About this server", "etc/   =  11 Jul 21:04", "a  14 Apr 18 9:39 -> ../b". */
export const dls: ListingFamily = { name: "dls", readLine: readDescribed };

function readBatch(line: string, context: LineContext): LineReading {
  const words = new Words(line);
  if (!/^-[-A-Z]{9}[A-Za-z]{0,8}$/.test(words.text(0))) return null;
  for (let at = 2; at < 7 && words.has(at); at++) {
    const date = /^\d+$/.test(words.text(at)) ? readUnixDate(words, at + 1, context) : null;
    if (date === null) continue;
    return asEntry({
      wireName: textFrom(words, date.next),
      type: "file",
      size: parseSize(words.text(at)),
      modifiedMs: date.ms,
      modifiedPrecision: date.precision,
      owner: words.text(2),
    });
  }
  return null;
}

function readDescribed(line: string, context: LineContext): LineReading {
  const words = new Words(line);
  const [name, size] = [words.text(0), words.text(1)];
  const hasMonth = monthNumber(words.text(2)) !== 0 || monthNumber(words.text(3)) !== 0;
  if (!hasMonth || !/^(?:\d+|[-=])$/.test(size)) return null;
  const date = readUnixDate(words, 2, context);
  if (date === null) return null;
  const isFolder = name.endsWith("/");
  const target = /^-> (.+)$/s.exec(textFrom(words, date.next))?.[1] ?? null;
  return asEntry({
    wireName: isFolder ? name.slice(0, -1) : name,
    type: isFolder ? "directory" : target === null ? "file" : "symlink",
    size: isFolder || target !== null ? null : parseSize(size),
    modifiedMs: date.ms,
    modifiedPrecision: date.precision,
    linkTarget: target,
  });
}

function textFrom(words: Words, next: number): string {
  return words.line.slice(words.start(next));
}
