import { existsSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "../../../shared/errors/appError.ts";
import type { Mended } from "../../../shared/models/mended.ts";
import { inspectDatabase, isDamage, readVersion } from "./inspectDatabase.ts";
import { inTransaction, openDatabase } from "./openDatabase.ts";
import { filledByTriggers, type Salvage, salvageRows, tablesOf } from "./salvageRows.ts";
import { atWholeLength } from "./wholeLength.ts";

export type MendOptions = {
  readonly nowMs: number;
  /** An older sound copy (see `keepCopy`): fills what the damaged file has lost. */
  readonly copy?: string;
};

/**
 * To be called before a database is opened. A sound file, or none, is left alone: null. A damaged one is kept aside under a name with
 * the date, and what can be read of it goes into a new file in its place. Killed half-way, it begins again, or ends at the next
 * start. A file of a newer Portside is refused (`invalid-input`) with a sentence, and nothing of it is touched.
 */
export function mendDatabase(
  file: string,
  migrations: readonly string[],
  options: MendOptions,
): Omit<Mended, "what"> | null {
  const rescued = `${file}.rescued`;
  const inspection = finishMove(file, rescued);
  if (inspection.state === "absent") return null;
  const { version } = inspection;
  if (version !== null && version > migrations.length) throw newerThanWeAre(file);
  if (inspection.state === "sound") return null;

  // In the schema it was written in: the migrations it has not seen yet come when it is opened.
  const salvage = fillAnew(rescued, file, migrations.slice(0, version ?? migrations.length), options);
  const keptAt = freeNameFor(file, options.nowMs);
  for (const part of ["-wal", "-shm", ""]) {
    if (existsSync(file + part)) renameSync(file + part, keptAt + part);
  }
  renameSync(rescued, file);
  return { keptAt, ...salvage };
}

/** A rescue that was killed: while the damaged file stands in its place it is begun again, after that only its last step is missing. */
function finishMove(file: string, rescued: string) {
  if (!existsSync(file) && existsSync(rescued)) renameSync(rescued, file);
  else for (const part of ["", "-wal", "-shm"]) rmSync(rescued + part, { force: true });
  return inspectDatabase(file);
}

function fillAnew(rescued: string, file: string, migrations: readonly string[], options: MendOptions) {
  const db = openDatabase(rescued, migrations);
  try {
    db.exec("PRAGMA foreign_keys = OFF"); // children may come over before their parents; ties are checked at the end
    const derived = filledByTriggers(db);
    const tables = tablesOf(db).filter((table) => !derived.has(table));
    return inTransaction(db, () => {
      const read = salvageFile(file, db, tables);
      const isIncomplete = read.incomplete.length > 0;
      if (!isIncomplete || options.copy === undefined || inspectDatabase(options.copy).state !== "sound")
        return { rows: read.rows, isIncomplete, usedCopy: false };
      const copied = salvageFile(options.copy, db, read.incomplete);
      return { rows: read.rows + copied.rows, isIncomplete, usedCopy: copied.rows > 0 };
    });
  } finally {
    db.close();
  }
}

function salvageFile(file: string, into: DatabaseSync, tables: readonly string[]): Salvage {
  const salvage = (readable: string) => {
    const from = new DatabaseSync(readable, { readOnly: true });
    try {
      readVersion(from); // tells at once whether it is a database at all
      return salvageRows(from, into, tables);
    } finally {
      from.close();
    }
  };
  try {
    return atWholeLength(file, salvage);
  } catch (error) {
    if (isDamage(error)) return { rows: 0, incomplete: tables };
    throw error;
  }
}

/** "queue.sqlite" → "queue damaged 2026-11-21 14-45-09.sqlite" (UTC). */
function freeNameFor(file: string, nowMs: number): string {
  const ending = extname(file);
  const when = new Date(nowMs).toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "-");
  const stem = join(dirname(file), `${basename(file, ending)} damaged ${when}`);
  for (let number = 1; ; number++) {
    const name = `${stem}${number === 1 ? "" : ` (${number})`}${ending}`;
    if (!existsSync(name)) return name;
  }
}

function newerThanWeAre(file: string): AppError {
  return new AppError(
    "invalid-input",
    `${file} was written by a newer version of Portside, and nothing in it has been changed. Start that version, or move the file to another folder to begin without it.`,
    { path: file },
  );
}
