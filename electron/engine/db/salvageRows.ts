import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { isDamage, primaryCode } from "./inspectDatabase.ts";

export type Salvage = {
  /** Rows that came over. */
  readonly rows: number;
  /** Tables of which a part could not be read or was refused. */
  readonly incomplete: readonly string[];
};

/**
 * Copies what can be read of `from` into the empty tables of `to`, row by row, in one transaction of the caller. A stretch that cannot
 * be read is stepped over; a row that breaks a rule of its table is left behind; a row whose parent is lost loses the tie where the
 * table allows it, else goes too. Rows that are there already stay: a second source fills the gaps of the first.
 */
export function salvageRows(from: DatabaseSync, to: DatabaseSync, tables: readonly string[]): Salvage {
  const incomplete: string[] = [];
  let rows = 0;
  for (const table of tables) {
    const copied = copyTable(from, to, table);
    rows += copied.rows;
    if (!copied.isComplete) incomplete.push(table);
  }
  return { rows: rows - dropOrphans(to), incomplete };
}

/** The tables of a schema in the order they were made in: parents stand before their children. */
export function tablesOf(db: DatabaseSync): string[] {
  const rows = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  return rows.map(({ name }) => String(name));
}

/** Tables that triggers insert into (counts): they fill themselves again from the rows that come over. */
export function filledByTriggers(db: DatabaseSync): ReadonlySet<string> {
  const triggers = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").all();
  const targets = triggers.flatMap(({ sql }) => [...String(sql).matchAll(/\bINSERT INTO (?<table>\w+)/g)]);
  return new Set(targets.map(({ groups }) => groups?.table ?? ""));
}

type Row = Record<string, SQLOutputValue>;

function copyTable(from: DatabaseSync, to: DatabaseSync, table: string) {
  const columns = sharedColumns(from, to, table);
  if (columns.length === 0) return { rows: 0, isComplete: false };
  const names = columns.join(", ");
  const insert = to.prepare(`INSERT OR IGNORE INTO ${table} (${names}) VALUES (${columns.map(() => "?").join(", ")})`);
  let rows = 0;
  let refused = 0;
  const take = (row: Row) => {
    const added = unless(isRefusal, () => insert.run(...columns.map((column) => row[column] ?? null)).changes, 0);
    if (Number(added) === 0) refused += 1;
    else rows += 1;
  };
  const isWhole = hasRowid(to, table) ? readByRowid(from, table, names, take) : readInOrder(from, table, names, take);
  return { rows, isComplete: isWhole && refused === 0 };
}

/** A value of the wrong kind: damage that the pages themselves do not show. SQLITE_CONSTRAINT, SQLITE_MISMATCH. */
function isRefusal(error: unknown): boolean {
  return [19, 20].includes(primaryCode(error));
}

/** Columns that both sides have; none when the source does not know the table. */
function sharedColumns(from: DatabaseSync, to: DatabaseSync, table: string): string[] {
  const known = new Set(columnsOf(to, table));
  return columnsOf(from, table).filter((column) => known.has(column));
}

function columnsOf(db: DatabaseSync, table: string): string[] {
  const read = () => db.prepare("SELECT name FROM pragma_table_info(?)").all(table);
  return unless(isDamage, read, []).map(({ name }) => String(name));
}

function hasRowid(db: DatabaseSync, table: string): boolean {
  const row = db.prepare("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?").get(table);
  return row?.wr === 0;
}

/** Without row ids there is no way around a damaged stretch: what stands before it is all. */
function readInOrder(db: DatabaseSync, table: string, names: string, take: (row: Row) => void): boolean {
  return takeAll(db, `SELECT ${names} FROM ${table}`, [], take);
}

/** False when it met damage; integers of any size come over. */
function takeAll(db: DatabaseSync, query: string, values: readonly number[], take: (row: Row) => void): boolean {
  const read = () => {
    const statement = db.prepare(query);
    statement.setReadBigInts(true);
    for (const row of statement.iterate(...values)) take(row);
    return true;
  };
  return unless(isDamage, read, false);
}

/** Reads up to the damage, looks for the first readable row behind it, reads back from there to the damage, and goes on. */
function readByRowid(db: DatabaseSync, table: string, names: string, take: (row: Row) => void): boolean {
  const walk = (where: string, order: "ASC" | "DESC", bounds: readonly number[]) => {
    let last = bounds[0] ?? 0;
    const query = `SELECT rowid AS salvage_rowid, ${names} FROM ${table} NOT INDEXED WHERE ${where} ORDER BY rowid ${order}`;
    const isWhole = takeAll(db, query, bounds, (row) => {
      take(row);
      last = Number(row.salvage_rowid);
    });
    return { last, isWhole };
  };
  let after = 0;
  for (let isUnbroken = true; ; isUnbroken = false) {
    const { last, isWhole } = walk("rowid > ?", "ASC", [after]);
    if (isWhole) return isUnbroken;
    const next = firstReadableBehind(db, table, last);
    if (next === null) return false;
    walk("rowid < ? AND rowid > ?", "DESC", [next, last]);
    after = next - 1;
  }
}

/** Tries further and further away; null when all that lies behind the damage is out of reach, or nothing does. */
function firstReadableBehind(db: DatabaseSync, table: string, rowid: number): number | null {
  const probe = db.prepare(
    `SELECT rowid AS salvage_rowid FROM ${table} NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT 1`,
  );
  for (let step = 1; rowid + step < Number.MAX_SAFE_INTEGER; step *= 2) {
    const found = unless(isDamage, () => probe.get(rowid + step - 1) ?? null, "damaged");
    if (found === null) return null;
    if (found !== "damaged") return Number(found.salvage_rowid);
  }
  return null;
}

function unless<T, U>(isExpected: (error: unknown) => boolean, act: () => T, otherwise: U): T | U {
  try {
    return act();
  } catch (error) {
    if (isExpected(error)) return otherwise;
    throw error;
  }
}

/** Ends ties to parents that are lost, until none is left. Returns how many rows had to go. */
function dropOrphans(db: DatabaseSync): number {
  const ties = db.prepare('SELECT "table" AS child, rowid AS child_rowid, fkid FROM pragma_foreign_key_check');
  const tieOf = db.prepare(
    `SELECT f."from" AS name, c."notnull" AS needed FROM pragma_foreign_key_list(:table) f
      JOIN pragma_table_info(:table) c ON c.name = f."from" WHERE f.id = :id`,
  );
  let dropped = 0;
  for (let changed = 1; changed > 0; ) {
    changed = 0;
    for (const { child, child_rowid: rowid = null, fkid } of ties.all()) {
      const tie = tieOf.get({ table: String(child), id: Number(fkid) });
      const isLoose = tie?.needed === 0;
      const text = isLoose ? `UPDATE ${child} SET ${tie.name} = NULL` : `DELETE FROM ${child}`;
      const changes = Number(db.prepare(`${text} WHERE rowid = ?`).run(rowid).changes);
      changed += changes;
      if (!isLoose) dropped += changes;
    }
  }
  return dropped;
}
