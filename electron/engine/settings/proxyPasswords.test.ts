import { expect, test } from "vitest";
import { createDocumentStore } from "../db/documentStore.ts";
import { openDatabase } from "../db/openDatabase.ts";
import { portsideMigrations } from "../db/portsideSchema.ts";
import type { Secrets } from "../ports.ts";
import { createProxyPasswords } from "./proxyPasswords.ts";

const box: Secrets = {
  storage: "key-file",
  seal: async (plain) => Buffer.from(plain).toString("base64"),
  unseal: async (sealed) => Buffer.from(sealed, "base64").toString(),
};
const noBox: Secrets = {
  storage: "none",
  seal: () => Promise.reject(new Error("nothing to seal with")),
  unseal: () => Promise.reject(new Error("nothing to unseal with")),
};

function freshDocuments() {
  return createDocumentStore(openDatabase(":memory:", portsideMigrations));
}

test("a password is kept sealed, each for itself, and found again after a restart", async () => {
  const documents = freshDocuments();
  const passwords = createProxyPasswords(documents, box);
  let changes = 0;
  passwords.watch(() => changes++);
  await passwords.change("proxy", "open sesame");
  expect(changes).toBe(1);
  expect(documents.load("proxy-passwords")).not.toContain("sesame");
  const again = createProxyPasswords(documents, box);
  expect([again.has("proxy"), again.has("ftpProxy")]).toEqual([true, false]);
  expect([await again.get("proxy"), await again.get("ftpProxy")]).toEqual(["open sesame", null]);
});

test("a forgotten password is gone from the disk too", async () => {
  const documents = freshDocuments();
  const passwords = createProxyPasswords(documents, box);
  await passwords.change("ftpProxy", "open sesame");
  await passwords.change("ftpProxy", null);
  expect(passwords.has("ftpProxy")).toBe(false);
  expect(createProxyPasswords(documents, box).has("ftpProxy")).toBe(false);
});

test("where nothing can be sealed, it serves this run and touches no disk", async () => {
  const documents = freshDocuments();
  const passwords = createProxyPasswords(documents, noBox);
  await passwords.change("proxy", "open sesame");
  expect(await passwords.get("proxy")).toBe("open sesame");
  expect(documents.load("proxy-passwords")).not.toContain("sesame");
  expect(createProxyPasswords(documents, noBox).has("proxy")).toBe(false);
});

test("a damaged document is no password", () => {
  const documents = freshDocuments();
  documents.save("proxy-passwords", "{");
  expect(createProxyPasswords(documents, box).has("proxy")).toBe(false);
});
