import { utcDate } from "../protocol/timestamps.ts";
import { asEntry, type LineContext, type LineReading, type ListingFamily } from "./rawEntry.ts";
import { modifiedAt, readTimeOfDay } from "./timeOfDay.ts";

/** z/OS (MVS): data sets, and members whose lines cannot be taken for anything else. Sizes are records or tracks, never bytes: null. */
export const mvs: ListingFamily = { name: "mvs", readLine: (line, context) => readCertain(line, context) };

/** The same on a server that calls itself MVS: load modules, members without statistics and jobs too. */
export const mvsBySystem: ListingFamily = {
  name: "mvs",
  readLine: (line, context) =>
    readCertain(line, context) ??
    readLoadModule(line) ??
    readJob(line) ??
    readBareMember(line) ??
    readBareDataSet(line),
};

const maxWords = 16;

function readCertain(line: string, context: LineContext): LineReading {
  if (isHeading(line)) return "skip";
  const words = line.slice(0, 1024).trim().split(/\s+/, maxWords);
  return readMember(words, context) ?? readDataSet(words, context);
}

function isHeading(line: string): boolean {
  return /^\s{0,8}(?:Volume\s+Unit\s|Name\s+(?:VV\.MM|Size)\s|JOBNAME\s+JOBID\s)/i.test(line);
}

/** "WYOSPT 3420   2003/05/21  1  200  FB  80  8053  PS  MY.FILE", "TSO004 3390 VSAM MY.KSDS", "Migrated  MY.FILE" */
function readDataSet(words: readonly string[], context: LineContext): LineReading {
  const wireName = words.at(-1)?.replaceAll("'", "") ?? "";
  const organisation = words.at(-2) ?? "";
  if (!/^[A-Z0-9$#@{-][A-Z0-9$#@{.-]{0,43}$/i.test(wireName)) return null;
  const referred = /^(\d{4})\/(\d\d)\/(\d\d)$/.exec(words[2] ?? "");
  if (words.length >= 6 && (referred !== null || words[2] === "**NONE**")) {
    const midnight = referred && utcDate(Number(referred[1]), Number(referred[2]), Number(referred[3]));
    const isPartitioned = /^PO(?:-?E)?$/.test(organisation);
    if (!isPartitioned && !/^(?:PS|PS-?[EL]|PSU|DA|IS|VS|VSAM|GDG|HFS)$/.test(organisation)) return null;
    return asEntry({ wireName, type: isPartitioned ? "directory" : "file", ...modifiedAt(midnight, null, context) });
  }
  const where = words.slice(0, -1).join(" ");
  if (where === "Pseudo Directory") return asEntry({ wireName, type: "directory" });
  const isElsewhere =
    /^(?:Migrated|MIGRAT|ARCIVE(?: Not Direct Access Device)?|\S{1,6} Tape|\S{1,6} \S{4} (?:APF )?VSAM)$/;
  return isElsewhere.test(where) ? asEntry({ wireName, type: "file" }) : null;
}

/** "MEMBER1  01.03 2002/09/12 2002/10/11 09:37    11    11     0 KIL001": created, changed, records. */
function readMember(words: readonly string[], context: LineContext): LineReading {
  const [wireName = "", version = "", created = "", changed = "", time = ""] = words;
  if (!/^\d\d\.\d\d$/.test(version) || !/^\d{4}\/\d\d\/\d\d$/.test(created)) return null;
  const match = /^(\d{4})\/(\d\d)\/(\d\d)$/.exec(changed);
  const timeOfDay = readTimeOfDay(time);
  if (match === null || timeOfDay === null) return null;
  const midnight = utcDate(Number(match[1]), Number(match[2]), Number(match[3]));
  return asEntry({ wireName, type: "file", ...modifiedAt(midnight, timeOfDay, context), owner: words[8] ?? null });
}

/** "EAGKCPT   000058   000009          00 FO             RN RU            31    ANY": size and place in hexadecimal digits. */
function readLoadModule(line: string): LineReading {
  const match = /^\s{0,8}(\S{1,64})\s+[0-9A-F]{6,8}\s+[0-9A-F]{6}\s/.exec(line);
  return match === null ? null : asEntry({ wireName: match[1] ?? "", type: "file" });
}

/** "IBMUSER2 JOB01906 IBMUSER  OUTPUT A        RC=0000 3 spool files"; the job's id is what RETR takes. */
function readJob(line: string): LineReading {
  const match = /^\s{0,8}\S{1,8}\s+((?:JOB|STC|TSU|[JST])\d{4,8})\s.{0,80}?\b(?:INPUT|ACTIVE|OUTPUT|HELD)\b/.exec(line);
  return match === null ? null : asEntry({ wireName: match[1] ?? "", type: "file" });
}

function readBareMember(line: string): LineReading {
  const match = /^ {0,2}([A-Z$#@][A-Z0-9$#@]{0,7}) {0,80}$/.exec(line);
  return match === null ? null : asEntry({ wireName: match[1] ?? "", type: "file" });
}

/** The catalog knows no more than the name: "GDG MY.GROUP", "Error determining attributes  MY.FILE", "Not Mounted  MY.FILE". */
function readBareDataSet(line: string): LineReading {
  const match =
    /^[\w ?*./-]{0,80}\s'?((?:[A-Z$#@][A-Z0-9$#@-]{0,7})(?:\.[A-Z$#@][A-Z0-9$#@-]{0,7}){1,21})'?\s{0,80}$/.exec(line);
  return match === null ? null : asEntry({ wireName: match[1] ?? "", type: "file" });
}
