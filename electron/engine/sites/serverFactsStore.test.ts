import { expect, test } from "vitest";
import { factNames, nothingKnown } from "../../../shared/models/serverFacts.ts";
import { createDocumentStore } from "../db/documentStore.ts";
import { openDatabase } from "../db/openDatabase.ts";
import { portsideMigrations } from "../db/portsideSchema.ts";
import { createFakeClock } from "../util/testing/fakeClock.ts";
import { createServerFactsStore } from "./serverFactsStore.ts";

const learnt = { setModified: "MFMT", refusesMlsdPath: true } as const;
const quay = { host: "FTP.Quay.example", port: 21 };
const dayMs = 86_400_000;

function openStore() {
  const clock = createFakeClock();
  const documents = createDocumentStore(openDatabase(":memory:", portsideMigrations));
  const nextRun = () => createServerFactsStore(documents, clock);
  return { clock, documents, store: nextRun(), nextRun };
}

test("what was learnt about a server is known in the next run, and of no other server", () => {
  const { store, nextRun } = openStore();
  store.note(quay, learnt);
  expect(nextRun().recall({ host: "ftp.quay.example", port: 21 })).toEqual({ ...nothingKnown, ...learnt });
  expect(nextRun().recall({ ...quay, port: 2121 })).toEqual(nothingKnown);
});

test("a session that learns one thing does not unlearn what another has", () => {
  const { store } = openStore();
  store.note(quay, { refusesMlsdPath: true });
  store.note(quay, { dataWay: "PASV" });
  expect(store.recall(quay)).toEqual({ ...nothingKnown, refusesMlsdPath: true, dataWay: "PASV" });
});

test("each fact tells when it was learnt; hearing it again does not make it newer", async () => {
  const { store, clock } = openStore();
  const first = clock.now();
  store.note(quay, { setModified: "MDTM" });
  await clock.pass(1_000);
  store.note(quay, { setModified: "MDTM", sessionCeiling: 3 });
  expect(store.describe(quay)).toEqual([
    { name: "setModified", value: "MDTM", learntMs: first },
    { name: "sessionCeiling", value: 3, learntMs: first + 1_000 },
  ]);
});

test("the way of data connections is believed for a week, the ceiling for a day, the rest for good", async () => {
  const { store, clock, nextRun } = openStore();
  store.note(quay, { ...learnt, dataWay: "PASV", sessionCeiling: 2 });
  await clock.pass(2 * dayMs);
  expect(store.recall(quay)).toEqual({ ...nothingKnown, ...learnt, dataWay: "PASV" });
  await clock.pass(6 * dayMs);
  expect([store.recall(quay), nextRun().recall(quay)]).toEqual(Array(2).fill({ ...nothingKnown, ...learnt }));
});

test("one fact is forgotten by itself, or all together, in the next run too", () => {
  const { store, nextRun } = openStore();
  store.note(quay, learnt);
  store.forget(quay, "setModified");
  expect(nextRun().recall(quay)).toEqual({ ...nothingKnown, refusesMlsdPath: true });
  store.forget(quay);
  expect([store.recall(quay), nextRun().describe(quay)]).toEqual([nothingKnown, []]);
});

test("what says nothing takes a fact back", () => {
  const { store } = openStore();
  store.note(quay, { dataWay: "EPSV" });
  store.note(quay, { dataWay: null });
  expect(store.describe(quay)).toEqual([]);
});

test("a record that cannot be read counts as none, and one odd fact does not cost the others", () => {
  const { documents, store, nextRun } = openStore();
  documents.save("server ftp.quay.example:21", '{"setModified": "by magic"');
  expect(store.recall(quay)).toEqual(nothingKnown);
  const odd = { setModified: { value: "by magic", learntMs: 1 }, refusesMlsdPath: { value: true, learntMs: 1 } };
  documents.save("server ftp.quay.example:21", JSON.stringify(odd));
  expect(nextRun().recall(quay)).toEqual({ ...nothingKnown, refusesMlsdPath: true });
});

test("every fact has an unknown value", () => {
  expect(factNames.length).toBeGreaterThan(5);
  expect(Object.values(nothingKnown).every((value) => value === null || value === false)).toBe(true);
});
