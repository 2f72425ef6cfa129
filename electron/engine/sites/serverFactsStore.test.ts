import { expect, test } from "vitest";
import { nothingKnown } from "../../../shared/models/serverFacts.ts";
import { createDocumentStore } from "../db/documentStore.ts";
import { openDatabase } from "../db/openDatabase.ts";
import { portsideMigrations } from "../db/portsideSchema.ts";
import { createServerFactsStore } from "./serverFactsStore.ts";

const learnt = { setModified: "MFMT", refusesMlsdPath: true, appendIsRefused: false } as const;
const quay = { host: "FTP.Quay.example", port: 21 };

function openStore() {
  const documents = createDocumentStore(openDatabase(":memory:", portsideMigrations));
  return { documents, store: createServerFactsStore(documents) };
}

test("what was learnt about a server is known in the next run, and of no other server", () => {
  const { documents, store } = openStore();
  store.note(quay, learnt);
  const nextRun = createServerFactsStore(documents);
  expect(nextRun.recall({ host: "ftp.quay.example", port: 21 })).toEqual(learnt);
  expect(nextRun.recall({ ...quay, port: 2121 })).toEqual(nothingKnown);
});

test("what is forgotten is found out afresh", () => {
  const { store } = openStore();
  store.note(quay, learnt);
  store.forget(quay);
  expect(store.recall(quay)).toEqual(nothingKnown);
});

test("a record that cannot be read counts as none", () => {
  const { documents, store } = openStore();
  documents.save("server ftp.quay.example:21", '{"setModified": "by magic"');
  expect(store.recall(quay)).toEqual(nothingKnown);
});
