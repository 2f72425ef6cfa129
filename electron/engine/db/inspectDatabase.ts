import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** How a SQLite file is. `version` is its schema's; null when even that cannot be read. */
export type Inspection =
  | { readonly state: "absent" }
  | { readonly state: "sound"; readonly version: number }
  | { readonly state: "damaged"; readonly version: number | null };

const cheapToCheck = 16 * 1024 * 1024; // bytes: read in some 20 ms

/**
 * Looks at a SQLite file without changing it. The pages of a large one are read only when its last end was not clean, which a log
 * that was never folded in tells (`-wal`). Throws what has nothing to do with damage: a file that may not be read, a full disk.
 */
export function inspectDatabase(file: string): Inspection {
  if (!existsSync(file)) return { state: "absent" };
  const { size } = statSync(file);
  if (size === 0) return { state: "damaged", version: null };
  const isThorough = size <= cheapToCheck || hasOpenLog(file);
  let version: number | null = null;
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    try {
      version = readVersion(db);
      if (isThorough && !passesCheck(db)) return { state: "damaged", version };
      return { state: "sound", version };
    } finally {
      db.close();
    }
  } catch (error) {
    if (isDamage(error)) return { state: "damaged", version };
    throw error;
  }
}

export function readVersion(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.user_version);
}

/** Whether SQLite found the file's content wrong, not the way to it: SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_IOERR_SHORT_READ. */
export function isDamage(error: unknown): boolean {
  return [11, 26].includes(primaryCode(error)) || resultCode(error) === 522;
}

/** SQLite's result code without its details, which stand in the higher bits; 0 when the error is not SQLite's. */
export function primaryCode(error: unknown): number {
  return resultCode(error) & 0xff;
}

function resultCode(error: unknown): number {
  const isCoded = error instanceof Error && "errcode" in error && typeof error.errcode === "number";
  return isCoded ? Number(error.errcode) : 0;
}

function hasOpenLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function passesCheck(db: DatabaseSync): boolean {
  return db.prepare("PRAGMA quick_check(1)").get()?.quick_check === "ok";
}
