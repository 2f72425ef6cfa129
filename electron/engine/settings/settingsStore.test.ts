import { expect, test } from "vitest";
import { defaultSettings, type Settings } from "../../../shared/models/settings.ts";
import { createDocumentStore } from "../db/documentStore.ts";
import { openDatabase } from "../db/openDatabase.ts";
import { portsideMigrations } from "../db/portsideSchema.ts";
import { createSettingsStore } from "./settingsStore.ts";

function freshDocuments() {
  return createDocumentStore(openDatabase(":memory:", portsideMigrations));
}

test("a new installation has the defaults", () => {
  expect(createSettingsStore(freshDocuments()).get()).toEqual(defaultSettings);
});

test("a change is told, kept, and there after a reopen", () => {
  const documents = freshDocuments();
  const store = createSettingsStore(documents);
  const seen: Settings[] = [];
  store.watch((settings) => seen.push(settings));
  store.change({ maxTransfers: 7, theme: "dark" });
  expect(seen).toEqual([{ ...defaultSettings, maxTransfers: 7, theme: "dark" }]);
  expect(createSettingsStore(documents).get()).toEqual({ ...defaultSettings, maxTransfers: 7, theme: "dark" });
});

test("one unreadable value falls back to its default and leaves the others alone", () => {
  const documents = freshDocuments();
  documents.save("settings", JSON.stringify({ maxTransfers: 999, theme: "dark", future: true }));
  expect(createSettingsStore(documents).get()).toEqual({ ...defaultSettings, theme: "dark" });
});

test("a damaged document reads as the defaults", () => {
  const documents = freshDocuments();
  documents.save("settings", "{");
  expect(createSettingsStore(documents).get()).toEqual(defaultSettings);
});

test("a change out of range is refused and nothing is kept", () => {
  const documents = freshDocuments();
  const store = createSettingsStore(documents);
  expect(() => store.change({ maxTransfers: 21 })).toThrow();
  expect(store.get()).toEqual(defaultSettings);
  expect(documents.load("settings")).toBeNull();
});
