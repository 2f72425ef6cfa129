import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * Opens a SQLite file (":memory:" for tests), readable by its owner only, and brings it to the newest schema: migration i takes
 * version i to i + 1, each in one transaction. Never change a migration that has been released; add one.
 */
export function openDatabase(file: string, migrations: readonly string[]): DatabaseSync {
  const db = new DatabaseSync(file);
  if (file !== ":memory:") chmodSync(file, 0o600);
  db.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000;",
  );
  const { user_version: version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  for (let next = version; next < migrations.length; next++) {
    inTransaction(db, () => {
      db.exec(migrations[next] ?? "");
      db.exec(`PRAGMA user_version = ${next + 1}`);
    });
  }
  return db;
}

/** Runs `work` in one transaction: all of it is committed, or, when it throws, none. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK"); // SQLite has done it already when the disk is full
    throw error;
  }
}
