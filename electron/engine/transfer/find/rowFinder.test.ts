import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { QueueSort } from "../../../../shared/models/transfer.ts";
import type { NewTransfer } from "../store/arrivals.ts";
import { openQueueStore, type QueueStore } from "../store/queueStore.ts";
import { openRowFinder, type RowFinder } from "./rowFinder.ts";
import { type RowWish, writeRowQuery } from "./rowQuery.ts";

const file = (name: string, size: number | null = 1, targetName = name): NewTransfer => ({
  kind: "file",
  sourceName: name,
  targetName,
  size,
  modifiedMs: null,
  precision: "second",
});

const never = new AbortController().signal;
let folder: string;
let store: QueueStore;
let finder: RowFinder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portside-find-"));
  store = openQueueStore(join(folder, "queue.sqlite"));
  finder = openRowFinder(join(folder, "queue.sqlite"));
});
afterEach(async () => {
  await finder.close();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function add(
  siteId: string,
  direction: "upload" | "download",
  from: string,
  to: string,
  files: NewTransfer[],
  nowMs = 0,
) {
  store.addBatch({ siteId, direction, root: to, nowMs, places: new Map([[from, files]]) });
}

async function find(wish: Partial<RowWish>, siteIds: string[] = []): Promise<(string | undefined)[]> {
  const query = writeRowQuery({ filter: "queued", search: "", sort: null, ...wish }, siteIds);
  const ids = await finder.find(query, never);
  return store.rowsOf([...ids]).map((row) => row.sourceName);
}

describe("a search", () => {
  beforeEach(() => {
    add("a", "upload", "/home/mira/Pictures", "/pub/harbour", [
      file("Boat.JPG"),
      file("100%_done.txt"),
      file("报告.pdf"),
    ]);
    add("a", "download", "/srv/Äpfel", "/home/mira/in", [
      file("remote\u00ff", 1, "Straße ÖL.doc"),
      file("100 done.txt"),
    ]);
    add("a", "upload", "/home/mira", "/pub", [file("ΟΔΟΣ.txt"), file("[é]*.txt")]);
  });

  test.each([
    ["boat", ["Boat.JPG"]],
    ["  BOAT ", ["Boat.JPG"]],
    ["pictures/b", ["Boat.JPG"]],
    ["harbour/", ["Boat.JPG", "100%_done.txt", "报告.pdf"]],
    ["100%_", ["100%_done.txt"]],
    ["%", ["100%_done.txt"]],
    ["0_d", []],
    ["告", ["报告.pdf"]],
    ["äpfel", ["remote\u00ff", "100 done.txt"]],
    ["STRASSE", []],
    ["ÖL", ["remote\u00ff"]],
    ["straße öl", ["remote\u00ff"]],
    ["öl.d?c", []],
    ["Äp[f]el", []],
    ["οδος", ["ΟΔΟΣ.txt"]],
    ["[É]*", ["[é]*.txt"]],
    ["\\", []],
    ["", ["Boat.JPG", "100%_done.txt", "报告.pdf", "remote\u00ff", "100 done.txt", "ΟΔΟΣ.txt", "[é]*.txt"]],
  ])("for %j finds what holds it in its local or remote path, whatever the case", async (search, names) => {
    expect(await find({ search })).toEqual(names);
  });

  test("looks only at its own tab, as it is now", async () => {
    store.apply(1, "cancel", { finishedMs: 5 });
    expect(await find({ search: "boat" })).toEqual([]);
    expect(await find({ search: "boat", filter: "completed" })).toEqual(["Boat.JPG"]);
  });
});

describe("an order", () => {
  beforeEach(() => {
    add("b", "upload", "/from", "/to", [file("beta", 30), file("Alpha", null), file("gamma", 20)], 200);
    add("a", "upload", "/from", "/to", [file("delta", 10)], 100);
    store.apply(3, "pause");
  });

  test.each([
    ["name", ["Alpha", "beta", "delta", "gamma"]],
    ["size", ["Alpha", "delta", "gamma", "beta"]],
    ["state", ["beta", "Alpha", "delta", "gamma"]],
    ["site", ["delta", "beta", "Alpha", "gamma"]],
    ["time", ["delta", "beta", "Alpha", "gamma"]],
  ] as const)("by %s, up and down", async (by, names) => {
    const sorted = (isDescending: boolean) => find({ sort: { by, isDescending } satisfies QueueSort }, ["a", "b"]);
    expect(await sorted(false)).toEqual(names);
    const down = await sorted(true);
    if (by === "name" || by === "size") expect(down).toEqual(names.toReversed());
    else expect(new Set(down)).toEqual(new Set(names));
    expect(down).not.toEqual(names);
  });

  test("none: what runs next stands first", async () => {
    store.apply(4, "claim");
    expect(await find({})).toEqual(["delta", "beta", "Alpha", "gamma"]);
  });
});

test("a search that nobody waits for any more is never begun", async () => {
  add("a", "upload", "/from", "/to", [file("one")]);
  const query = writeRowQuery({ filter: "queued", search: "", sort: null }, []);
  const life = new AbortController();
  const first = finder.find(query, never);
  const second = finder.find(query, life.signal);
  life.abort();
  await expect(second).rejects.toMatchObject({ kind: "cancelled" });
  expect([...(await first)]).toEqual([1]);
});

test("a search that fails says so, and the next one works", async () => {
  await expect(finder.find({ text: "SELECT id FROM nowhere", values: [] }, never)).rejects.toThrow("no such table");
  expect(await find({})).toEqual([]);
});
