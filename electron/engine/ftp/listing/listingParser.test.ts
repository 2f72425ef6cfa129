import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Entry } from "../../../../shared/models/entry.ts";
import { textCodec } from "../text/codec.ts";
import { listingFamilies } from "./listingFamilies.ts";
import { listingParser } from "./listingParser.ts";

const now = Date.UTC(2025, 1, 10, 8, 30);

function parserInto(entries: Entry[], zoneOffsetMs = 0) {
  return listingParser({
    families: listingFamilies(null),
    codec: textCodec({ encoding: "auto", speaksUtf8: true }),
    nowMs: now,
    zoneOffsetMs,
    onEntries: (batch) => entries.push(...batch),
  });
}

function parse(text: string | Uint8Array): Entry[] {
  const entries: Entry[] = [];
  const parser = parserInto(entries);
  parser.push(Buffer.from(text));
  parser.end();
  return entries;
}

/** Processor time of this thread: other work on the machine does not count. */
function cpuMsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function manyLines(count: number): Buffer {
  const lines: string[] = [];
  for (let index = 0; index < count; index++) {
    lines.push(
      `-rw-r--r--    1 ftp      ftp      ${String(index).padStart(12)} Nov 01  2007 file number ${index}.txt\r\n`,
    );
  }
  return Buffer.from(lines.join(""));
}

describe("listingParser", () => {
  test("gives entries while the listing still arrives", () => {
    const entries: Entry[] = [];
    const parser = parserInto(entries);
    parser.push(Buffer.from("-rw-r--r-- 1 a b 5 Nov 01  2007 one\r\n-rw-r--r-- 1 a b 6 Nov 01  20"));
    expect(entries.map(({ name }) => name)).toEqual(["one"]);
    parser.push(Buffer.from("07 two"));
    parser.end();
    expect(entries.map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test("keeps to the family of the first entry", () => {
    const listing = "-rw-r--r-- 1 a b 5 Nov 01  2007 one\r\n04-27-00  12:09PM  <DIR>  other\r\n";
    expect(parse(listing).map(({ name }) => name)).toEqual(["one"]);
  });

  test("says that it cannot read a listing of which no line makes sense", () => {
    expect(() => parse("hello\r\nworld\r\n")).toThrow(expect.objectContaining({ kind: "malformed-listing" }));
    expect(parse("total 0\r\n\r\n")).toEqual([]);
    expect(parse("")).toEqual([]);
  });

  test("turns permissions in digits into letters", () => {
    expect(parse("type=file;size=1;unix.mode=0750; a\r\n")[0]?.permissions).toBe("rwxr-x---");
    expect(parse("type=file;size=1;unix.mode=0o644; a\r\n")[0]?.permissions).toBe("rw-r--r--"); // pyftpdlib 1.5.7
  });

  test("corrects the times of a listing without zone, and never those of MLSD", () => {
    const entries: Entry[] = [];
    const parser = parserInto(entries, -3_600_000);
    parser.push(Buffer.from("-rw-r--r-- 1 a b 5 Jan 10 13:00 one\r\n"));
    expect(entries[0]?.modifiedMs).toBe(Date.UTC(2025, 0, 10, 12));
    const machine: Entry[] = [];
    parserInto(machine, -3_600_000).push(Buffer.from("type=file;modify=20250110130000; one\r\n"));
    expect(machine[0]?.modifiedMs).toBe(Date.UTC(2025, 0, 10, 13));
  });

  test("refuses a line above 64 KiB, a listing above 40 MiB and more than 500,000 entries", () => {
    expect(() => parse("x".repeat(65 * 1024))).toThrow(expect.objectContaining({ kind: "malformed-listing" }));
    const blank = Buffer.alloc(1024 * 1024, `${" ".repeat(1023)}\n`);
    const parser = parserInto([]);
    expect(() => {
      for (let mebibytes = 0; mebibytes < 41; mebibytes++) parser.push(blank);
    }).toThrow(/40 MiB/);
    expect(() => parse(Buffer.from("type=file; a\n".repeat(500_001)))).toThrow(/500,000/);
  }, 30_000);

  test("takes time in proportion to the lines: 100,000 at once", () => {
    const listing = manyLines(100_000);
    const cpuMs = cpuMsOf(() => expect(parse(listing)).toHaveLength(100_000));
    expect(cpuMs).toBeLessThan(6_000); // 300 ms on a warm, idle core; far more where the time grows with the square
  }, 30_000);

  test.each([" ", "-", "0", "a ", "1 ", "d", "Jan 1 ", ":", "=", "a=b;", "\t", ".", "-> ", "\xff"])(
    "is not slowed down by 64 KiB of %j",
    (shape) => {
      for (const head of ["", "-rw-r--r-- ", "01-01-24 ", "type="]) {
        const line = Buffer.from(`${head}${shape.repeat(65_000 / shape.length)}\n`, "latin1");
        const cpuMs = cpuMsOf(() => {
          try {
            parse(line);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        });
        expect(cpuMs).toBeLessThan(1_000); // about 1 ms; seconds where a pattern goes back over what it has read
      }
    },
  );

  test("survives anything", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "-rw-r--r--",
        "drwxr-xr-x",
        "lrwxrwxrwx",
        " ",
        "  ",
        "1",
        "4096",
        "Jan",
        "31",
        "Feb",
        "29",
        "23:59",
        "2024",
      ),
      fc.constantFrom(
        "04-27-00",
        "12:09PM",
        "<DIR>",
        "type=file;",
        "size=",
        "modify=20240101000000;",
        " -> ",
        "\t",
        "..",
        ".",
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
        try {
          for (const entry of parse(`${pieces.join(" ")}\n`)) {
            expect(entry.size === null || (Number.isSafeInteger(entry.size) && entry.size >= 0)).toBe(true);
            expect(entry.modifiedMs === null || Number.isFinite(entry.modifiedMs)).toBe(true);
            expect(entry.wireName).not.toMatch(/^\.{0,2}$/);
          }
        } catch (error) {
          expect(error).toMatchObject({ kind: "malformed-listing" });
        }
      }),
      { seed: 3659, numRuns: 5000 },
    );
  });
});
