import { chmodSync, renameSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";

/** Writes a sound copy of a small open database beside it, for the day the file is damaged. The older copy stays until the new one is whole. */
export function keepCopy(db: DatabaseSync, copy: string): void {
  const unfinished = `${copy}.new`;
  rmSync(unfinished, { force: true });
  db.prepare("VACUUM INTO ?").run(unfinished);
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, copy);
}
