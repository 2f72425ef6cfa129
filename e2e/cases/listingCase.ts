import * as z from "zod/mini";
import { listingFamilies } from "../../electron/engine/ftp/listing/listingFamilies.ts";
import { listingParser } from "../../electron/engine/ftp/listing/listingParser.ts";
import type { RawEntry } from "../../electron/engine/ftp/listing/rawEntry.ts";
import { textCodec } from "../../electron/engine/ftp/text/codec.ts";
import { AppError } from "../../shared/errors/appError.ts";
import type { Entry } from "../../shared/models/entry.ts";

export const listingCaseSchema = z.object({
  id: z.string(),
  kind: z.enum(["entry", "ignore", "listing"]),
  line: z.string(),
  line_b64: z.optional(z.nullable(z.string())),
  now: z.string().check(z.refine((text) => Number.isFinite(Date.parse(text)), "not a time")),
  server_hint: z.optional(z.nullable(z.string())),
});
export type ListingCase = z.infer<typeof listingCaseSchema>;

/** An entry in the words of the case file. */
export type ShownEntry = {
  readonly name: string;
  readonly type: "file" | "dir" | "symlink";
  /** A decimal string above 2^53-1. */
  readonly size: number | string | null;
  readonly mtime: { readonly iso: string; readonly precision: string; readonly zone: "utc" | "unknown" } | null;
  readonly perms: string | null;
  readonly owner: string | null;
  readonly group: string | null;
  readonly linkTarget: string | null;
  readonly mode?: string;
};

/** What the product reads: one entry, null for a line that is none, all of them for a whole listing. */
export function readListingCase(row: ListingCase): ShownEntry | null | readonly ShownEntry[] {
  const { entries } = parseListing(row, [bytesOfCase(row)]);
  return row.kind === "listing" ? entries : (entries[0] ?? null);
}

export function bytesOfCase({ line, line_b64: base64 }: ListingCase): Buffer {
  return base64 ? Buffer.from(base64, "base64") : Buffer.from(line, "utf8");
}

/** The listing as it arrives in `chunks`, read by the parser of the product. */
export function parseListing(
  { now, server_hint: hint }: Pick<ListingCase, "now" | "server_hint">,
  chunks: readonly Uint8Array[],
): { readonly entries: readonly ShownEntry[]; readonly read: readonly Entry[] } {
  const entries: ShownEntry[] = [];
  const read: Entry[] = [];
  const parser = listingParser({
    families: listingFamilies(systemOf(hint ?? null)),
    codec: textCodec({ encoding: "auto", speaksUtf8: true }),
    nowMs: Date.parse(now),
    zoneOffsetMs: 0,
    onEntries: (batch, raws) => {
      read.push(...batch);
      batch.forEach((entry, index) => {
        const raw = raws[index];
        if (raw !== undefined) entries.push(show(entry, raw));
      });
    },
  });
  try {
    for (const chunk of chunks) parser.push(chunk);
    parser.end();
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "malformed-listing")) throw error;
  }
  return { entries, read };
}

/** What such a server answers to SYST. */
function systemOf(hint: string | null): string | null {
  switch (hint) {
    case "MVS":
    case "MVS-JES":
      return "MVS is the operating system of this server. FTP Server is running on z/OS.";
    case "ZVM":
      return "z/VM Version 7 Release 2.0, service level 2101 (64-bit), VM/CMS Level 31";
    case "HPNONSTOP":
      return "HP NonStop Guardian";
    default:
      return null;
  }
}

function show(entry: Entry, raw: RawEntry): ShownEntry {
  const mode = octalMode(raw.permissions);
  return {
    name: entry.name,
    type: entry.type === "directory" ? "dir" : entry.type === "symlink" ? "symlink" : "file",
    size: entry.size,
    mtime: showTime(entry, raw),
    perms: raw.permissions,
    owner: entry.owner,
    group: entry.group,
    linkTarget: entry.linkTarget,
    ...(mode === null ? {} : { mode }),
  };
}

function showTime({ modifiedMs, modifiedPrecision }: Entry, { isUtc }: RawEntry): ShownEntry["mtime"] {
  if (modifiedMs === null) return null;
  const length = { day: 10, minute: 16, second: 19 }[modifiedPrecision];
  const digits = new Date(modifiedMs).toISOString().slice(0, length);
  return { iso: isUtc ? `${digits}Z` : digits, precision: modifiedPrecision, zone: isUtc ? "utc" : "unknown" };
}

/** "drwxrwsr-x" as "2775"; null for columns that are no Unix permissions. */
function octalMode(permissions: string | null): string | null {
  const flags = /^[a-zA-Z-]([-r][-w][-xsSlLtT][-r][-w][-xsSlLtT][-r][-w][-xsStT])/.exec(permissions ?? "")?.[1];
  if (flags === undefined) return null;
  const special = [flags.charAt(2), flags.charAt(5), flags.charAt(8)].map((flag) =>
    /[sSlLtT]/.test(flag) ? "1" : "0",
  );
  const bits = [...flags].map((flag) => (/[rwxst]/.test(flag) ? "1" : "0"));
  return Number.parseInt([...special, ...bits].join(""), 2)
    .toString(8)
    .padStart(4, "0");
}
