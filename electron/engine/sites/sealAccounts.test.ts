import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultSiteSettings } from "../../../shared/models/site.ts";
import { openDatabase } from "../db/openDatabase.ts";
import { portsideMigrations } from "../db/portsideSchema.ts";
import type { Secrets } from "../ports.ts";
import { createKeyFileSecrets } from "./keyFileSecrets.ts";
import { sealReadableAccounts } from "./sealAccounts.ts";
import { createSiteStore } from "./siteStore.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portside-accounts-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = () => join(folder, "portside.sqlite");
const everything = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

/** A database of the first schema, with an account among the settings of one site, and none in another's. */
function writeOldDatabase(): void {
  const db = openDatabase(file(), portsideMigrations.slice(0, 1));
  const insert = db.prepare("INSERT INTO sites (id, position, origin, settings) VALUES (?, 0, 'saved', ?)");
  insert.run("old", JSON.stringify({ ...defaultSiteSettings, logon: "account", account: "ledger-77" }));
  insert.run("plain", JSON.stringify({ ...defaultSiteSettings, account: "" }));
  insert.run("damaged", '{"name":');
  db.close();
}

test("a readable account of an older version is sealed at the first start, and no copy stays behind", async () => {
  writeOldDatabase();
  expect(everything().includes("ledger-77")).toBe(true); // the search does look where it stands
  const db = openDatabase(file(), portsideMigrations);
  const secrets = createKeyFileSecrets(folder);
  await sealReadableAccounts(db, secrets);
  expect(everything().includes("ledger-77")).toBe(false);
  const store = createSiteStore({ db, secrets, onDamaged: () => {} });
  expect([store.get("old").hasAccount, await store.account("old")]).toEqual([true, "ledger-77"]);
  expect([store.get("plain").hasAccount, await store.account("plain")]).toEqual([false, null]);
  await sealReadableAccounts(db, secrets);
  expect(await store.account("old")).toBe("ledger-77");
  db.close();
});

test("where nothing can be sealed it waits for a start that can", async () => {
  writeOldDatabase();
  const db = openDatabase(file(), portsideMigrations);
  const nothing = () => Promise.reject(new Error("no box"));
  const noBox: Secrets = { storage: "none", seal: nothing, unseal: nothing };
  await sealReadableAccounts(db, noBox);
  const secrets = createKeyFileSecrets(folder);
  await sealReadableAccounts(db, secrets);
  expect(await createSiteStore({ db, secrets, onDamaged: () => {} }).account("old")).toBe("ledger-77");
  db.close();
});
