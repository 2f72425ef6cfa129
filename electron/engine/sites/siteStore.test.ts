import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { defaultSiteSettings, type SiteSettings } from "../../../shared/models/site.ts";
import { openDatabase } from "../db/openDatabase.ts";
import { portsideMigrations } from "../db/portsideSchema.ts";
import { createKeyFileSecrets } from "./keyFileSecrets.ts";
import { createSiteStore, type SiteTree } from "./siteStore.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function openStore(folder = mkdtempSync(join(tmpdir(), "portside-sites-"))) {
  if (!folders.includes(folder)) folders.push(folder);
  const db = openDatabase(join(folder, "portside.sqlite"), portsideMigrations);
  const damaged: number[] = [];
  const store = createSiteStore({ db, secrets: createKeyFileSecrets(folder), onDamaged: (n) => damaged.push(n) });
  return { folder, db, store, damaged };
}

const site = (name: string, more: Partial<SiteSettings> = {}): SiteSettings => ({
  ...defaultSiteSettings,
  name,
  ...more,
});

/** "a, folder[b, c]" in tree order. */
function draw({ folders: all, sites }: SiteTree, folderId: string | null = null): string {
  const children = [
    ...all.map((each) => ({
      ...each,
      text: () => `${each.name}[${draw({ revision: 0, folders: all, sites }, each.id)}]`,
    })),
    ...sites.map((each) => ({ ...each, text: () => each.name })),
  ];
  return children
    .filter((child) => child.folderId === folderId)
    .sort((a, b) => a.position - b.position)
    .map((child) => child.text())
    .join(", ");
}

test("sites, folders and passwords are there after a reopen", async () => {
  const { folder, store, db } = openStore();
  const work = store.createFolder("Work", null);
  const id = await store.create(site("NAS", { host: "nas.local" }), work, { password: "s3cret!" });
  db.close();
  const again = openStore(folder).store;
  expect(draw(again.tree())).toBe("Work[NAS]");
  expect(again.get(id)).toMatchObject({ host: "nas.local", hasPassword: true, origin: "saved", folderId: work });
  expect(await again.password(id)).toBe("s3cret!");
});

test("no form of a password stands readable in the data folder", async () => {
  const { folder, store, db } = openStore();
  const password = "Tr0ub4dor&3 密码";
  const id = await store.create(site("one"), null, { password });
  await store.remember(site("two", { user: "bob" }), { password });
  await store.change(id, { name: "renamed" }, { password });
  store.duplicate(id);
  const read = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  const forms = [
    Buffer.from(password),
    Buffer.from(password, "utf16le"),
    Buffer.from(encodeURIComponent(password)),
    Buffer.from(Buffer.from(password).toString("base64")),
    Buffer.from(Buffer.from(password).toString("hex")),
  ];
  const open = read();
  expect(open.includes("renamed")).toBe(true); // the search does look where the sites stand
  db.close();
  for (const bytes of [open, read()]) for (const form of forms) expect(bytes.includes(form)).toBe(false);
});

test("undefined leaves a password, null forgets it, and the tree tells only whether there is one", async () => {
  const { store } = openStore();
  const id = await store.create(site("a"), null, { password: "first" });
  await store.change(id, { name: "b" }, {});
  expect(await store.password(id)).toBe("first");
  expect(JSON.stringify(store.tree())).not.toContain("first");
  await store.change(id, {}, { password: null });
  expect([await store.password(id), store.get(id).hasPassword]).toEqual([null, false]);
});

test("an account is kept like a password, and only for a logon that sends it", async () => {
  const { store } = openStore();
  const account = "ledger-77";
  const id = await store.create(site("a", { logon: "account" }), null, { password: "pw", account });
  const normal = await store.create(site("b"), null, { password: "pw", account });
  expect(JSON.stringify(store.tree())).not.toContain(account);
  expect([await store.account(id), store.get(id).hasAccount]).toEqual([account, true]);
  expect(await store.account(store.duplicate(id))).toBe(account);
  expect([await store.account(normal), store.get(normal).hasAccount]).toEqual([null, false]);
  await store.change(id, { logon: "normal" }, {});
  expect([await store.password(id), await store.account(id)]).toEqual(["pw", null]);
});

test("a site that asks each time keeps no password, not even one kept before", async () => {
  const { store } = openStore();
  const asks = await store.create(site("asks", { logon: "ask" }), null, { password: "typed" });
  const normal = await store.create(site("normal"), null, { password: "kept" });
  await store.change(normal, { logon: "ask" }, {});
  expect([await store.password(asks), await store.password(normal)]).toEqual([null, null]);
});

test("a move puts a site or folder before another, at the end, or into a folder", async () => {
  const { store } = openStore();
  const a = await store.create(site("a"), null, {});
  const b = await store.create(site("b"), null, {});
  const f = store.createFolder("f", null);
  expect(draw(store.tree())).toBe("a, b, f[]");
  store.move(f, null, a);
  expect(draw(store.tree())).toBe("f[], a, b");
  store.move(a, f, null);
  store.move(b, f, a);
  expect(draw(store.tree())).toBe("f[b, a]");
  store.move(b, null, null);
  expect(draw(store.tree())).toBe("f[a], b");
});

test("a folder never goes into itself or below itself", () => {
  const { store } = openStore();
  const outer = store.createFolder("outer", null);
  const inner = store.createFolder("inner", outer);
  for (const target of [outer, inner]) {
    expect(() => store.move(outer, target, null)).toThrow(expect.objectContaining({ kind: "invalid-input" }));
  }
  expect(draw(store.tree())).toBe("outer[inner[]]");
});

test("a copy stands behind its original, password and all, under a free name", async () => {
  const { store } = openStore();
  const a = await store.create(site("a"), null, { password: "pw" });
  await store.create(site("z"), null, {});
  const copy = store.duplicate(a);
  store.duplicate(copy);
  expect(draw(store.tree())).toBe("a, a (2), a (3), z");
  expect(await store.password(copy)).toBe("pw");
});

test("removing a folder removes what is in it, and tells which sites went", async () => {
  const { store } = openStore();
  const outer = store.createFolder("outer", null);
  const inner = store.createFolder("inner", outer);
  const id = await store.create(site("deep"), inner, {});
  const removed: string[] = [];
  store.watchChanges(({ siteId, what }) => removed.push(`${what} ${siteId}`));
  store.removeFolder(outer, () => false);
  expect([draw(store.tree()), store.find(id), removed]).toEqual(["", null, [`removed ${id}`]]);
});

test("a removed site that transfers still need leaves the tree, and stays in the history with its password", async () => {
  const { store } = openStore();
  const folder = store.createFolder("f", null);
  const [needed, gone, alone] = await Promise.all([
    store.create(site("needed"), folder, { password: "pw" }),
    store.create(site("gone"), folder, { password: "pw" }),
    store.create(site("alone"), null, { password: "pw" }),
  ]);
  store.removeFolder(folder, (id) => id === needed);
  store.remove(alone, (id) => id === alone);
  expect([needed, gone, alone].map((id) => store.find(id)?.origin)).toEqual(["quick", undefined, "quick"]);
  expect([await store.password(needed), store.get(needed).folderId, store.tree().folders]).toEqual(["pw", null, []]);
  store.remove(alone, () => false);
  expect(store.find(alone)).toBeNull();
});

test("quick connect finds the site of the same address and user again, and keeps it out of the tree's order", async () => {
  const { store } = openStore();
  const first = await store.remember(site("ftp.example.org", { host: "ftp.example.org", user: "anna" }), {
    password: "one",
  });
  const again = await store.remember(site("ftp.example.org", { host: "FTP.example.org", user: "anna" }), {
    password: "two",
  });
  const other = await store.remember(site("ftp.example.org", { host: "ftp.example.org", user: "ben" }), {});
  expect([again, other === first]).toEqual([first, false]);
  expect(await store.password(first)).toBe("two");
  store.forgetRecent((id) => id === other);
  expect([store.find(first), store.find(other)?.origin]).toEqual([null, "quick"]);
});

test("a change of address, user or password is told as a change of login, a change of name is not", async () => {
  const { store } = openStore();
  const id = await store.create(site("a"), null, {});
  const told: string[] = [];
  store.watchChanges(({ what }) => told.push(what));
  await store.change(id, { name: "b", comments: "c" }, {});
  expect(told).toEqual([]);
  await store.change(id, { host: "other" }, {});
  await store.change(id, {}, { password: "new" });
  await store.change(id, {}, { account: "new" });
  expect(told).toEqual(["login", "login", "login"]);
});

test("watchers get the tree at once and after each change, with a rising revision", async () => {
  const { store } = openStore();
  const seen: SiteTree[] = [];
  const stop = store.watch((tree) => seen.push(tree));
  await store.create(site("a"), null, {});
  stop();
  await store.create(site("b"), null, {});
  expect(seen.map((tree) => [tree.revision, draw(tree)])).toEqual([
    [0, ""],
    [1, "a"],
  ]);
});

test("a damaged row is left aside and told, the others stay usable", async () => {
  const { store, db, damaged } = openStore();
  await store.create(site("good"), null, {});
  const bad = await store.create(site("bad"), null, {});
  db.prepare("UPDATE sites SET settings = '{\"name\":' WHERE id = ?").run(bad);
  expect([draw(store.tree()), damaged, store.find(bad)]).toEqual(["good", [1], null]);
});

test("a site saved before a setting existed has its default", async () => {
  const { store, db } = openStore();
  const id = await store.create({ ...defaultSiteSettings, name: "old", transferMode: "active" }, null, {});
  db.prepare("UPDATE sites SET settings = json_remove(settings, '$.transferMode')").run();
  await store.create({ ...defaultSiteSettings, name: "new" }, null, {}); // what was read is read again
  expect(store.get(id)).toMatchObject({ name: "old", transferMode: "automatic" });
});
