import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mendDatabase } from "../db/mendDatabase.ts";
import type { NewTransfer } from "./store/arrivals.ts";
import { queueMigrations } from "./store/queueSchema.ts";
import { openQueueStore } from "./store/queueStore.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portside-queue-"));
  file = join(folder, "queue.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rows = 3_000;

function fillQueue(plan: "asked" | null = null): void {
  const store = openQueueStore(file);
  const transfers = Array.from(
    { length: rows },
    (_, index): NewTransfer => ({
      kind: "file",
      sourceName: `report ${index}.pdf`,
      targetName: `report ${index}.pdf`,
      size: 10,
      modifiedMs: null,
      precision: "second",
    }),
  );
  const places = new Map([["/home/mira", transfers]]);
  store.addBatch({ siteId: "harbour", direction: "upload", root: "/pub", plan, nowMs: 0, places });
  store.close();
}

function smashLeaf(table: string, which: number): void {
  const db = new DatabaseSync(file);
  const pages = db.prepare("SELECT pgoffset FROM dbstat WHERE name = ? AND pagetype = 'leaf'").all(table);
  db.close();
  const handle = openSync(file, "r+");
  writeSync(handle, Buffer.alloc(4096, 0x77), 0, 4096, Number(pages[which]?.pgoffset));
  closeSync(handle);
}

test("a queue with a damaged page goes on with all other rows, and counts exactly those", () => {
  fillQueue();
  smashLeaf("transfers", 5);
  expect(mendDatabase(file, queueMigrations, { nowMs: 0 })?.isIncomplete).toBe(true);

  const store = openQueueStore(file);
  const left = store.window("queued", 0, rows);
  expect(left.length).toBeGreaterThan(rows - 150);
  expect(left.length).toBeLessThan(rows);
  expect(store.counts()).toEqual([{ kind: "file", state: "queued", n: left.length, bytes: left.length * 10 }]);
  expect(store.nextOne(left[0]?.siteNo ?? 0, "file", [])?.id).toBe(left[0]?.id);
  store.close();
});

test("a damaged count is counted anew", () => {
  fillQueue();
  smashLeaf("counts", 0);
  mendDatabase(file, queueMigrations, { nowMs: 0 });
  const store = openQueueStore(file);
  expect(store.counts()).toEqual([{ kind: "file", state: "queued", n: rows, bytes: rows * 10 }]);
  store.close();
});

test("a damaged plan is still a plan, to be looked at once more", () => {
  fillQueue("asked");
  smashLeaf("plans", 0);
  mendDatabase(file, queueMigrations, { nowMs: 0 });
  const store = openQueueStore(file);
  expect(store.plans.batches()).toMatchObject([{ batchId: 1, state: "asked" }]);
  expect(store.plans.counts(1)).toEqual([{ action: "pending", kind: "file", isNoted: 0, n: rows, bytes: rows * 10 }]);
  store.close();
});
