import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keepCopy } from "./keepCopy.ts";
import { mendDatabase } from "./mendDatabase.ts";
import { inTransaction, openDatabase } from "./openDatabase.ts";

const schema = [
  `CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
   CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id), name TEXT NOT NULL);
   CREATE INDEX children_by_name ON children (name);
   CREATE TABLE tally (what TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
   CREATE TRIGGER tell AFTER INSERT ON children BEGIN
     INSERT INTO tally VALUES ('children', 1) ON CONFLICT DO UPDATE SET n = n + 1;
   END;`,
  "ALTER TABLE children ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'",
];
const options = { nowMs: Date.UTC(2026, 10, 21, 14, 45, 9) };
const pageSize = 4096;
const childCount = 5_000;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portside-mend-"));
  file = join(folder, "queue.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fill(migrations: readonly string[] = schema): DatabaseSync {
  const db = openDatabase(file, migrations);
  inTransaction(db, () => {
    for (let id = 1; id <= 10; id++) db.prepare("INSERT INTO parents VALUES (?, ?)").run(id, `parent ${id}`);
    const insert = db.prepare("INSERT INTO children (id, parent, name) VALUES (?, ?, ?)");
    for (let id = 1; id <= childCount; id++) insert.run(id, (id % 10) + 1, `a name of common length, number ${id}`);
  });
  return db;
}

function pagesOf(db: DatabaseSync, table: string, kind = "leaf"): number[] {
  return db
    .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = ? ORDER BY path")
    .all(table, kind)
    .map(({ pageno }) => Number(pageno));
}

function smash(pages: readonly number[]): void {
  const handle = openSync(file, "r+");
  for (const page of pages) writeSync(handle, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
  closeSync(handle);
}

function read<T>(query: string): T[] {
  const db = openDatabase(file, schema);
  try {
    return db.prepare(query).all() as T[];
  } finally {
    db.close();
  }
}
const childIds = () => read<{ id: number }>("SELECT id FROM children ORDER BY id").map(({ id }) => id);

describe("a database that is left alone", () => {
  test("none: the first start", () => {
    expect(mendDatabase(file, schema, options)).toBe(null);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a sound one, ended cleanly or killed", () => {
    const db = fill();
    expect(mendDatabase(file, schema, options)).toBe(null); // its log is still open
    db.close();
    expect(mendDatabase(file, schema, options)).toBe(null);
    expect(childIds()).toHaveLength(childCount);
  });

  test("one of a newer version is refused with a sentence, and not a byte of it changes", () => {
    fill([...schema, "CREATE TABLE future (id INTEGER PRIMARY KEY)"]).close();
    const before = readFileSync(file);
    expect(() => mendDatabase(file, schema, options)).toThrow("was written by a newer version of Portside");
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe("a damaged database", () => {
  test("loses the rows of a smashed page and no others; the damaged file is kept as it was", () => {
    const db = fill();
    const leaves = pagesOf(db, "children");
    db.close();
    smash(leaves.slice(10, 11));
    const before = readFileSync(file);

    const mended = mendDatabase(file, schema, options);
    const ids = childIds();
    const perPage = childCount / leaves.length;
    expect(ids.length).toBeGreaterThan(childCount - perPage * 1.5);
    expect(mended).toEqual({
      keptAt: join(folder, "queue damaged 2026-11-21 14-45-09.sqlite"),
      rows: ids.length + 10,
      isIncomplete: true,
      usedCopy: false,
    });
    expect(readFileSync(mended?.keptAt ?? "").equals(before)).toBe(true);
    expect(ids.slice(-1)).toEqual([childCount]);
    expect(read("SELECT n FROM tally")).toEqual([{ n: ids.length }]); // counted anew, not copied
    expect(mendDatabase(file, schema, options)).toBe(null);
  });

  test("that was damaged in several places gives what stands between them", () => {
    const db = fill();
    const leaves = pagesOf(db, "children");
    db.close();
    const smashed = [leaves[0], leaves[7], leaves[20], leaves[21], leaves.at(-1)].flatMap((page) => page ?? []);
    smash(smashed);
    mendDatabase(file, schema, options);
    const lost = childCount - childIds().length;
    const perPage = childCount / leaves.length;
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(perPage * (smashed.length + 1));
  });

  test("whose index alone is damaged loses nothing", () => {
    const db = fill();
    smashAfterClose(db, pagesOf(db, "children_by_name").slice(0, 2));
    expect(mendDatabase(file, schema, options)).toMatchObject({ rows: childCount + 10, isIncomplete: false });
    expect(childIds()).toHaveLength(childCount);
  });

  test("that was cut off gives what is left", () => {
    fill().close();
    truncateSync(file, Math.floor(readFileSync(file).length / 2) + 100);
    const mended = mendDatabase(file, schema, options);
    expect(mended?.isIncomplete).toBe(true);
    expect(childIds().length).toBeGreaterThan(childCount / 10);
  });

  test("children of a lost parent go with it: no row stands on nothing", () => {
    const db = fill();
    smashAfterClose(db, pagesOf(db, "parents"));
    expect(mendDatabase(file, schema, options)).toMatchObject({ rows: 0, isIncomplete: true });
    expect(read("PRAGMA foreign_key_check")).toEqual([]);
  });

  test("of an older version comes over and is brought up to date", () => {
    const db = fill(schema.slice(0, 1));
    smashAfterClose(db, pagesOf(db, "children").slice(3, 4));
    mendDatabase(file, schema, options);
    expect(read("SELECT DISTINCT colour FROM children")).toEqual([{ colour: "blue" }]);
  });

  test.each([
    ["an empty file", ""],
    ["something else", "This is no database at all.\n".repeat(500)],
    ["a smashed first page", null],
  ])("%s: a new one is begun, the old one kept", (_, content) => {
    fill().close();
    if (content === null) smash([1]);
    else writeFileSync(file, content);
    expect(mendDatabase(file, schema, options)).toMatchObject({ rows: 0, isIncomplete: true });
    expect(childIds()).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.endsWith("sqlite"))).toEqual([
      "queue damaged 2026-11-21 14-45-09.sqlite",
      "queue.sqlite",
    ]);
  });

  test("gets what it lost from the older copy, and keeps what is newer than the copy", () => {
    const copy = join(folder, "queue.copy");
    const db = fill();
    keepCopy(db, copy);
    db.exec("UPDATE parents SET name = 'newer'");
    smashAfterClose(db, pagesOf(db, "children").slice(10, 12));
    expect(mendDatabase(file, schema, { ...options, copy })).toMatchObject({
      rows: childCount + 10,
      isIncomplete: true,
      usedCopy: true,
    });
    expect(childIds()).toHaveLength(childCount);
    expect(read("SELECT DISTINCT name FROM parents")).toEqual([{ name: "newer" }]);
  });

  test("a second one in the same second is kept beside the first", () => {
    for (const text of ["one", "two"]) {
      writeFileSync(file, text);
      mendDatabase(file, schema, options);
    }
    expect(readFileSync(join(folder, "queue damaged 2026-11-21 14-45-09 (2).sqlite"), "utf8")).toBe("two");
  });
});

describe("a rescue that was killed", () => {
  test("is begun again while the damaged file is in its place", () => {
    fill().close();
    writeFileSync(`${file}.rescued`, "half a file");
    expect(mendDatabase(file, schema, options)).toBe(null);
    expect(readdirSync(folder)).toContain("queue.sqlite");
    expect(readdirSync(folder)).not.toContain("queue.sqlite.rescued");
  });

  test("is ended when only its last step is missing", () => {
    fill().close();
    const whole = readFileSync(file);
    rmSync(file);
    writeFileSync(`${file}.rescued`, whole);
    mendDatabase(file, schema, options);
    expect(childIds()).toHaveLength(childCount);
  });
});

function smashAfterClose(db: DatabaseSync, pages: readonly number[]): void {
  expect(pages.length).toBeGreaterThan(0);
  db.close();
  smash(pages);
}
