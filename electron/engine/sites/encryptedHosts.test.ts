import { expect, test } from "vitest";
import { createEncryptedHosts } from "./encryptedHosts.ts";

function memoryDocuments(text: string | null = null) {
  const saved: string[] = text === null ? [] : [text];
  return { saved, load: () => saved.at(-1) ?? null, save: (_name: string, next: string) => void saved.push(next) };
}

test("a host that has encrypted is known in the next run, whatever its case, at its own port only", () => {
  const documents = memoryDocuments();
  createEncryptedHosts(documents).note("FTP.example.com", 21);
  const next = createEncryptedHosts(documents);
  expect([
    next.has("ftp.example.com", 21),
    next.has("ftp.example.com", 2_121),
    next.has("other.example.com", 21),
  ]).toEqual([true, false, false]);
});

test("what is known already is not written again", () => {
  const documents = memoryDocuments();
  const hosts = createEncryptedHosts(documents);
  hosts.note("h", 21);
  hosts.note("h", 21);
  expect(documents.saved).toHaveLength(1);
});

test.each(["{", '{"h:21":true}'])("a damaged list, %s, knows nobody and is begun anew", (text) => {
  const documents = memoryDocuments(text);
  const hosts = createEncryptedHosts(documents);
  expect(hosts.has("h", 21)).toBe(false);
  hosts.note("h", 21);
  expect(createEncryptedHosts(documents).has("h", 21)).toBe(true);
});
