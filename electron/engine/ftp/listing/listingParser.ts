import { isAscii } from "node:buffer";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry } from "../../../../shared/models/entry.ts";
import type { TextCodec } from "../text/codec.ts";
import type { LineContext, LineReading, ListingFamily, RawEntry } from "./rawEntry.ts";
import { isDigitAt } from "./words.ts";

export type ListingParser = {
  /** Takes bytes as they arrive, cut anywhere. Throws `malformed-listing` when the listing is larger than anything real. */
  readonly push: (bytes: Uint8Array) => void;
  /** No more bytes. Throws `malformed-listing` when there were lines and none could be read. Gives how many lines were not understood, and whether there were none but blank ones. */
  readonly end: () => { readonly unreadLines: number; readonly isEmpty: boolean };
};

export type ListingParserOptions = LineContext & {
  readonly families: readonly ListingFamily[];
  readonly codec: TextCodec;
  /** Entries in batches, once per `push`; `raws` are the same as the server wrote them. */
  readonly onEntries: (entries: readonly Entry[], raws: readonly RawEntry[]) => void;
};

const maxLineBytes = 64 * 1024; // names end at 255 bytes nearly everywhere; more is an attack
const maxListingBytes = 40 * 1024 * 1024;
const maxEntries = 500_000;

/** Reads a listing line by line. The family is chosen by the first line that is an entry in one of them, and then kept. */
export function listingParser(options: ListingParserOptions): ListingParser {
  const { families, codec, onEntries } = options;
  let family: ListingFamily | null = null;
  let rest = "";
  /** No byte of what is being read is beyond ASCII: there is nothing to decode, and nothing to learn about the encoding. */
  let isPlain = true;
  let bytesSeen = 0;
  let entryCount = 0;
  let unreadLines = 0;
  let firstUnread = "";
  let isEmpty = true;
  /** A line that waits for the next one to be complete. */
  let held: { readonly line: string; readonly family: ListingFamily } | null = null;

  function readLine(line: string): RawEntry | null {
    const joined = held === null ? null : held.family.readLine(`${held.line}\n${line}`, options);
    if (held !== null && isEntry(joined)) {
      family = held.family;
      held = null;
      return joined;
    }
    if (held !== null) countUnread(held.line);
    held = null;
    if (line.trim() === "") return null;
    isEmpty = false;
    return readFirstLine(line);
  }

  function readFirstLine(line: string): RawEntry | null {
    let isKnown = false;
    for (const candidate of family === null ? families : [family]) {
      const reading = candidate.readLine(line, options);
      if (isEntry(reading)) {
        family = candidate;
        return reading;
      }
      if (reading === "unfinished") held = { line, family: candidate };
      isKnown ||= reading !== null;
    }
    if (!isKnown) countUnread(line);
    return null;
  }

  function countUnread(line: string): void {
    unreadLines++;
    firstUnread ||= line;
  }

  function emit(raws: readonly RawEntry[]): void {
    if (raws.length === 0) return;
    entryCount += raws.length;
    if (entryCount > maxEntries) throw malformed("The folder holds more than 500,000 entries");
    if (!isPlain) codec.observe(raws.map((raw) => raw.wireName));
    const decode = isPlain ? asItStands : codec.decode;
    onEntries(
      raws.map((raw) => toEntry(raw, decode)),
      raws,
    );
  }

  function readLines(text: string): void {
    const raws: RawEntry[] = [];
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      if (end - start > maxLineBytes) throw malformed("The listing has a line longer than 64 KiB");
      const raw = readLine(text.slice(start, text.charCodeAt(end - 1) === 0x0d && end > start ? end - 1 : end));
      if (raw !== null) raws.push(raw);
      start = end + 1;
    }
    rest = text.slice(start);
    if (rest.length > maxLineBytes) throw malformed("The listing has a line longer than 64 KiB");
    emit(raws);
  }

  return {
    push: (bytes) => {
      bytesSeen += bytes.length;
      if (bytesSeen > maxListingBytes) throw malformed("The listing is larger than 40 MiB");
      isPlain = isAscii(bytes) && (isPlain || (rest === "" && held === null));
      readLines(rest + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));
    },
    end: () => {
      if (rest !== "") readLines(`${rest}\n`);
      if (held !== null) countUnread(held.line);
      if (entryCount === 0 && unreadLines > 0) {
        throw malformed(
          `The listing is written in a way Portside does not know: "${codec.decode(firstUnread.slice(0, 200))}"`,
        );
      }
      return { unreadLines, isEmpty };
    },
  };
}

function isEntry(reading: LineReading): reading is RawEntry {
  return typeof reading === "object" && reading !== null;
}

function asItStands(wire: string): string {
  return wire;
}

function toEntry(raw: RawEntry, decode: TextCodec["decode"]): Entry {
  return {
    name: decode(raw.wireName),
    wireName: raw.wireName,
    type: raw.type,
    size: raw.size,
    modifiedMs: raw.modifiedMs,
    modifiedPrecision: raw.modifiedPrecision,
    permissions: raw.permissions === null ? null : showPermissions(raw.permissions),
    owner: raw.owner === null ? null : decode(raw.owner),
    group: raw.group === null ? null : decode(raw.group),
    linkTarget: raw.linkTarget === null ? null : decode(raw.linkTarget),
  };
}

/** "-rw-r--r--" and "0644" both as "rw-r--r--": the type has its own field. */
function showPermissions(permissions: string): string {
  if (!isDigitAt(permissions, 0)) return permissions.slice(1);
  const octal = /^(?:0o)?(?<digits>[0-7]{3,7})$/.exec(permissions)?.groups?.digits; // pyftpdlib 1.5.7: "0o644"
  if (octal === undefined) return permissions.slice(1);
  const mode = Number.parseInt(octal, 8);
  return [6, 3, 0].map((shift) => triplet((mode >> shift) & 7)).join("");
}

function triplet(bits: number): string {
  return (bits & 4 ? "r" : "-") + (bits & 2 ? "w" : "-") + (bits & 1 ? "x" : "-");
}

function malformed(what: string): AppError {
  return new AppError("malformed-listing", what);
}
