import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import { inTransaction } from "../db/openDatabase.ts";
import type { Secrets } from "../ports.ts";

const readableSchema = z.object({ id: z.string(), account: z.string() });

/**
 * Accounts once stood readable among a site's settings: seals them, and leaves no readable copy in the file. Where nothing can be
 * sealed they wait for a start that can.
 */
export async function sealReadableAccounts(db: DatabaseSync, secrets: Secrets): Promise<void> {
  if (secrets.storage === "none") return;
  const rows = db
    .prepare(
      `SELECT id, json_extract(settings, '$.account') AS account FROM sites
       WHERE json_valid(settings) AND json_type(settings, '$.account') = 'text'`,
    )
    .all();
  if (rows.length === 0) return;
  const found = await Promise.all(
    rows.map(async (row) => {
      const { id, account } = readableSchema.parse(row);
      return { id, sealed: account === "" ? null : await secrets.seal(account) };
    }),
  );
  const seal = db.prepare(
    "UPDATE sites SET sealed_account = ?, settings = json_remove(settings, '$.account') WHERE id = ?",
  );
  inTransaction(db, () => {
    for (const { id, sealed } of found) seal.run(sealed, id);
  });
  db.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"); // SQLite leaves what was overwritten where it was
}
