import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { bytesOfCase, listingCaseSchema, parseListing, readListingCase, type ShownEntry } from "./listingCase.ts";

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
  mode: z.optional(z.nullable(z.string())),
});
const caseSchema = z.extend(listingCaseSchema, {
  format: z.string(),
  tier: z.enum(["core", "legacy", "exotic"]),
  must: z.enum(["equal", "no-throw"]),
  expected: z.nullable(z.union([entrySchema, z.array(entrySchema)])),
  accept: z.optional(z.nullable(z.record(z.string(), z.array(z.unknown())))),
  ignore_fields: z.optional(z.nullable(z.array(z.string()))),
  accept_null: z.optional(z.nullable(z.boolean())),
});
type Case = z.infer<typeof caseSchema>;

const cases = z
  .array(caseSchema)
  .parse(JSON.parse(readFileSync(new URL("listing-cases.json", import.meta.url), "utf8")));

function isRead(row: Case): boolean {
  const got = readListingCase(row);
  if (got === null) return row.expected === null || row.accept_null === true;
  const entries = "name" in got ? [got] : got;
  const expected = Array.isArray(row.expected) ? row.expected : row.expected === null ? [] : [row.expected];
  return entries.length === expected.length && entries.every((entry, index) => isAccepted(entry, expected[index], row));
}

function isAccepted(entry: ShownEntry, expected: z.infer<typeof entrySchema> | undefined, row: Case): boolean {
  if (expected === undefined) return false;
  const got = new Map<string, unknown>(Object.entries(entry));
  return Object.entries(expected).every(([field, value]) => {
    if (row.ignore_fields?.includes(field)) return true;
    if (field === "size" && expected.type !== "file" && entry.size === null) return true;
    const answers = [value, ...(row.accept?.[field] ?? [])].map(withoutZoneLetter);
    return answers.some(
      (answer) => JSON.stringify(withoutZoneLetter(got.get(field) ?? null)) === JSON.stringify(answer),
    );
  });
}

/** A time as the digits that its precision keeps. */
function withoutZoneLetter(value: unknown): unknown {
  const time = z.safeParse(timeSchema, value);
  if (!time.success) return value;
  const length = { day: 10, minute: 16, second: 19 }[time.data.precision] ?? 19;
  return { ...time.data, iso: time.data.iso.slice(0, length) };
}

describe("the listing cases", () => {
  const table = cases.map((row) => ({ id: row.id, row }));
  const exact = table.filter(({ row }) => row.must === "equal");

  test.each(exact)("$id is read as the case file says", ({ row }) => {
    expect(isRead(row), JSON.stringify({ row, got: readListingCase(row) }, null, 1)).toBe(true);
  });

  test.each(table)("$id never lets . or .. out, and invents no date or size", ({ row }) => {
    for (const { wireName, size, modifiedMs } of parseListing(row, [bytesOfCase(row)]).read) {
      expect([".", "..", ""]).not.toContain(wireName);
      if (size !== null) expect(Number.isSafeInteger(size) && size >= 0).toBe(true);
      if (modifiedMs !== null) expect(Number.isFinite(modifiedMs)).toBe(true);
    }
  });

  test.each(table)("$id reads the same wherever it is cut", ({ row }) => {
    const bytes = bytesOfCase(row);
    const whole = parseListing(row, [bytes]);
    const step = bytes.length > 2000 ? Math.floor(bytes.length / 100) : 1; // every byte of all but the huge ones
    for (let at = 1; at < bytes.length; at += step)
      expect(parseListing(row, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
  });
});
