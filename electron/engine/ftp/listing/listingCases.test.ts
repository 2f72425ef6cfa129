import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry } from "../../../../shared/models/entry.ts";
import { textCodec } from "../text/codec.ts";
import { listingFamilies, listingParser } from "./listingParser.ts";

const timeSchema = z.object({ iso: z.string(), precision: z.string(), zone: z.string() });
const entrySchema = z.object({
  name: z.string(),
  type: z.enum(["file", "dir", "symlink"]),
  size: z.nullable(z.union([z.number(), z.string()])),
  mtime: z.nullable(timeSchema),
  perms: z.nullable(z.string()),
  owner: z.nullable(z.string()),
  group: z.nullable(z.string()),
  linkTarget: z.nullable(z.string()),
});
type Expected = z.infer<typeof entrySchema>;
const caseSchema = z.object({
  id: z.string(),
  format: z.string(),
  tier: z.string(),
  line: z.string(),
  line_b64: z.optional(z.nullable(z.string())),
  now: z.string(),
  must: z.enum(["equal", "no-throw"]),
  expected: z.nullable(z.union([entrySchema, z.array(entrySchema)])),
  accept: z.optional(z.nullable(z.record(z.string(), z.array(z.unknown())))),
  ignore_fields: z.optional(z.nullable(z.array(z.string()))),
  accept_null: z.optional(z.nullable(z.boolean())),
});
type Case = z.infer<typeof caseSchema>;

const cases = z
  .array(caseSchema)
  .parse(JSON.parse(readFileSync(new URL("../../../../e2e/cases/listing-cases.json", import.meta.url), "utf8")));

/** Shift_JIS is not guessed yet; such names are compared byte for byte. */
const undetected = new Set(["dos-nonutf8"]);

function bytesOf(row: Case): Buffer {
  return row.line_b64 ? Buffer.from(row.line_b64, "base64") : Buffer.from(row.line, "utf8");
}

function parse(row: Case, chunks: readonly Uint8Array[]): Entry[] {
  const entries: Entry[] = [];
  const parser = listingParser({
    families: listingFamilies,
    codec: textCodec({ encoding: undetected.has(row.format) ? "latin1" : "auto", speaksUtf8: true }),
    nowMs: Date.parse(row.now),
    zoneOffsetMs: 0,
    onEntries: (batch) => entries.push(...batch),
  });
  try {
    for (const chunk of chunks) parser.push(chunk);
    parser.end();
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "malformed-listing")) throw error;
  }
  return entries;
}

function isAccepted(entry: Entry, expected: Expected, { accept, ignore_fields: ignored }: Case): boolean {
  const got: Record<keyof Expected, unknown> = {
    name: entry.name,
    type: entry.type === "directory" ? "dir" : entry.type === "other" ? "file" : entry.type,
    size: entry.size,
    mtime: timeOf(entry, expected),
    perms: entry.permissions,
    owner: entry.owner,
    group: entry.group,
    linkTarget: entry.linkTarget,
  };
  const wanted = {
    ...expected,
    perms: expected.perms === null ? null : expected.perms.slice(1),
    size: expected.type === "file" ? expected.size : null, // the size of a folder or link says nothing
    mtime: expected.mtime && { ...expected.mtime, iso: expected.mtime.iso.replace(/Z$/, "") },
  };
  return Object.entries(wanted).every(([field, value]) => {
    const mine = got[field as keyof Expected];
    const others = accept?.[field] ?? [];
    return ignored?.includes(field) || [value, ...others].some((one) => JSON.stringify(mine) === JSON.stringify(one));
  });
}

/** The time as the case writes it, cut to the precision that is asked for. */
function timeOf(entry: Entry, { mtime }: Expected) {
  if (entry.modifiedMs === null) return null;
  const iso = new Date(entry.modifiedMs).toISOString();
  const length = { day: 10, minute: 16, second: 19 }[entry.modifiedPrecision];
  return { iso: iso.slice(0, length), precision: entry.modifiedPrecision, zone: mtime?.zone ?? "" };
}

function isRead(row: Case, entries: readonly Entry[]): boolean {
  if (row.expected === null) return entries.length === 0;
  const expected = Array.isArray(row.expected) ? row.expected : [row.expected];
  if (row.accept_null && entries.length === 0) return true;
  return (
    entries.length === expected.length &&
    expected.every((one, index) => {
      const entry = entries[index];
      return entry !== undefined && isAccepted(entry, one, row);
    })
  );
}

/** Columns that only a guess could part; they come with the families of old servers. */
const missedLegacy = ["L-unix-dateless-01", "L-unix-glued-columns-04", "L-unix-all-numeric-02"];

const isOurs = ({ format }: Case) => /^(?:ignore-|reject-)?(?:unix|mlsd|dos)(?:-|$)/.test(format);

describe("the listing cases", () => {
  const table = cases.map((row) => ({ id: row.id, row }));
  const exact = table.filter(({ row }) => isOurs(row) && row.must === "equal" && row.tier === "core");

  test.each(exact)("$id is read as the case file says", ({ row }) => {
    const entries = parse(row, [bytesOf(row)]);
    expect(isRead(row, entries), JSON.stringify({ row, entries }, null, 1)).toBe(true);
  });

  test("legacy dialects of our families are read but for three", () => {
    const legacy = table.filter(({ row }) => isOurs(row) && row.must === "equal" && row.tier === "legacy");
    const missed = legacy.filter(({ row }) => !isRead(row, parse(row, [bytesOf(row)]))).map(({ id }) => id);
    expect(missed.toSorted()).toEqual(missedLegacy.toSorted());
  });

  test.each(table)("$id never throws, never lets . or .. out, and invents no date or size", ({ row }) => {
    for (const { wireName, size, modifiedMs } of parse(row, [bytesOf(row)])) {
      expect([".", "..", ""]).not.toContain(wireName);
      if (size !== null) expect(Number.isSafeInteger(size) && size >= 0).toBe(true);
      if (modifiedMs !== null) expect(Number.isFinite(modifiedMs)).toBe(true);
    }
  });

  test.each(table.filter(({ row }) => isOurs(row)))("$id reads the same wherever it is cut", ({ row }) => {
    const bytes = bytesOf(row);
    const whole = parse(row, [bytes]);
    const step = Math.max(1, Math.floor(bytes.length / 100));
    for (let at = 1; at < bytes.length; at += step) {
      expect(parse(row, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    }
  });
});
