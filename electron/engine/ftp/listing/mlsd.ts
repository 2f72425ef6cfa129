import type { EntryType, TimePrecision } from "../../../../shared/models/entry.ts";
import { parseSize } from "../protocol/sizeReply.ts";
import { parseTimestamp } from "../protocol/timestamps.ts";
import { isSelfOrParent, type LineReading, type ListingFamily } from "./rawEntry.ts";

/** Machine listings (RFC 3659 §7): "type=file;size=1024;modify=20081105165215; name with blanks". Times are UTC. */
export const mlsd: ListingFamily = { name: "mlsd", readLine };

/** The facts of an MLSD or MLST line, names in lower case; null when it is no such line. A fact without "=" is passed over. */
export function parseFacts(text: string): ReadonlyMap<string, string> | null {
  if (!/^[\w.-]+=/.test(text)) return null;
  const facts = new Map<string, string>();
  for (const fact of text.split(";")) {
    const equals = fact.indexOf("=");
    if (equals > 0) facts.set(fact.slice(0, equals).toLowerCase(), fact.slice(equals + 1));
  }
  return facts;
}

export type EntryFacts = {
  /** "self": the folder that was asked for, or its parent. */
  readonly type: EntryType | "self";
  /** As the server said, of folders too. */
  readonly size: number | null;
  readonly modifiedMs: number | null;
  readonly modifiedPrecision: TimePrecision;
  readonly linkTarget: string | null;
};

export function readEntryFacts(facts: ReadonlyMap<string, string>): EntryFacts {
  const { type, linkTarget } = readType(facts);
  return {
    type,
    linkTarget,
    size: parseSize(facts.get("size") ?? ""),
    ...readModify(facts.get("modify") ?? ""),
  };
}

/** RFC 3659 §2.3 wants all fourteen digits; some servers write the day only. */
function readModify(text: string): Pick<EntryFacts, "modifiedMs" | "modifiedPrecision"> {
  const isDay = /^\d{8}$/.test(text);
  return { modifiedMs: parseTimestamp(isDay ? `${text}000000` : text), modifiedPrecision: isDay ? "day" : "second" };
}

function readLine(text: string): LineReading {
  const line = text.startsWith(" ") ? text.slice(1) : text; // as in an answer to MLST
  const blank = endOfFacts(line);
  if (blank <= 0) return null;
  const facts = parseFacts(line.slice(0, blank));
  if (facts === null) return null;
  const wireName = line.slice(blank + 1);
  const { type, size, modifiedMs, modifiedPrecision, linkTarget } = readEntryFacts(facts);
  if (type === "self" || isSelfOrParent(wireName)) return "skip";
  if (wireName === "" || wireName.includes("/")) return null; // not one segment: no name that a command could carry
  return {
    wireName,
    type,
    size: type === "file" || type === "other" ? size : null,
    modifiedMs,
    modifiedPrecision,
    isUtc: true,
    permissions: facts.get("unix.mode") ?? null,
    owner: facts.get("unix.ownername") ?? facts.get("unix.owner") ?? facts.get("unix.uid") ?? null,
    group: facts.get("unix.groupname") ?? facts.get("unix.group") ?? facts.get("unix.gid") ?? null,
    linkTarget,
  };
}

/** Exactly one blank parts facts and name, and further ones belong to the name. Only a link's target may hold blanks before it. */
function endOfFacts(line: string): number {
  const target = /^[^ ]*\bslink:[^;]*;[^ ]*/i.exec(line);
  return line.indexOf(" ", target === null ? 0 : target[0].length);
}

function readType(facts: ReadonlyMap<string, string>): Pick<EntryFacts, "type" | "linkTarget"> {
  const type = facts.get("type") ?? "";
  const word = type.toLowerCase();
  if (word === "file") return { type: "file", linkTarget: null };
  if (word === "dir") return { type: "directory", linkTarget: null };
  if (word === "cdir" || word === "pdir") return { type: "self", linkTarget: null };
  // "OS.unix=slink:/target" (ProFTPD), "OS.unix=symlink", plain "symlink" of servers that found the name too long
  const link = /^(?:os\.\w+=)?(?:s(?:ym)?link|junction)(?::(.*))?$/is.exec(type);
  if (link !== null) return { type: "symlink", linkTarget: link[1] === undefined || link[1] === "" ? null : link[1] };
  // Without the fact (a server told to leave it out) only a size tells a file.
  return { type: type === "" && facts.has("size") ? "file" : "other", linkTarget: null };
}
