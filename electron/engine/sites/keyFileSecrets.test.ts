import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createKeyFileSecrets } from "./keyFileSecrets.ts";

const root = mkdtempSync(join(tmpdir(), "portside-secrets-"));
afterAll(() => rmSync(root, { recursive: true }));
const newFolder = () => mkdtempSync(join(root, "box-"));

test("what is sealed can be unsealed, also by a later run with the same key file", async () => {
  const folder = newFolder();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (plain) => {
      const sealed = await createKeyFileSecrets(folder).seal(plain);
      expect(await createKeyFileSecrets(folder).unseal(sealed)).toBe(plain);
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("the key file is for its owner only, and nothing else is left beside it", async () => {
  const folder = newFolder();
  await createKeyFileSecrets(folder).seal("x");
  expect(readdirSync(folder)).toEqual(["secret.key"]);
  expect(statSync(join(folder, "secret.key")).mode & 0o777).toBe(0o600);
});

test("sealing twice gives different texts", async () => {
  const box = createKeyFileSecrets(newFolder());
  expect(await box.seal("same")).not.toBe(await box.seal("same"));
});

test("another key cannot unseal, and says what to do", async () => {
  const sealed = await createKeyFileSecrets(newFolder()).seal("x");
  await expect(createKeyFileSecrets(newFolder()).unseal(sealed)).rejects.toThrow("sealed with another key; enter it");
});

test.each([
  ["cut", (text: string) => text.slice(0, -6)],
  ["changed", (text: string) => `${text.slice(0, -6)}AAAA==`],
  ["of an unknown version", (text: string) => text.replace("portside-1", "portside-9")],
  ["empty", () => ""],
  ["with nothing but a version", () => "portside-1:"],
])("sealed text that is %s is refused", async (_, damage) => {
  const box = createKeyFileSecrets(newFolder());
  await expect(box.unseal(damage(await box.seal("secret")))).rejects.toMatchObject({ kind: "internal" });
});

test("a key file of the wrong length is refused instead of used", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "secret.key"), "short");
  await expect(createKeyFileSecrets(folder).seal("x")).rejects.toThrow("is not a key of Portside");
});
