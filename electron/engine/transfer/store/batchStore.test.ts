import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EvidenceLevel } from "../../../../shared/models/evidence.ts";
import { openDatabase } from "../../db/openDatabase.ts";
import { queryPlanOf } from "../testing/queryPlan.ts";
import { describeBatch } from "../views/batchViews.ts";
import type { NewTransfer } from "./arrivals.ts";
import { batchQueries } from "./batchStore.ts";
import { queueMigrations } from "./queueSchema.ts";
import { openQueueStore, type QueueStore } from "./queueStore.ts";

const nowMs = 1_700_000_000_000;
const file = (name: string, size: number | null = 10): NewTransfer => ({
  kind: "file",
  sourceName: name,
  targetName: name,
  size,
  modifiedMs: nowMs,
  precision: "second",
});

let store: QueueStore;
beforeEach(() => {
  store = openQueueStore(":memory:");
});
afterEach(() => store.close());

function addDrop(transfers: readonly NewTransfer[], atMs = nowMs): number {
  const places = new Map([["/from", transfers]]);
  return store.addBatch({ siteId: "site", direction: "upload", root: "/to", nowMs: atMs, places }).batchId;
}

function idOf(name: string): number {
  const row = store.window("queued", 0, 100).find(({ sourceName }) => sourceName === name);
  if (row === undefined) throw new Error(`${name} is not queued`);
  return row.id;
}

function end(name: string, event: "succeed" | "giveUp" | "skip", change = {}): number {
  const id = idOf(name);
  store.apply(id, "claim");
  store.apply(id, event, { finishedMs: nowMs + 5, ...change });
  return id;
}

const lookAt = (batchId: number) => {
  const row = store.batchWindow(0, 100).find(({ id }) => id === batchId);
  if (row === undefined) throw new Error(`no batch ${batchId}`);
  const begun = store.batchBytesBegun().get(batchId) ?? 0;
  return describeBatch(row, store.batchEnds([batchId]), store.batchProofs([batchId]), begun);
};

describe("a drop's summary", () => {
  test("says what was dropped, and that nothing of it has ended", () => {
    const id = addDrop([file("a", 100), file("b", 20), { ...file("d", null), kind: "folder" }]);
    expect(lookAt(id)).toEqual({
      id,
      siteId: "site",
      direction: "upload",
      title: "a",
      sources: 3,
      createdMs: nowMs,
      isPlan: false,
      finishedMs: null,
      files: 2,
      folders: 1,
      bytes: 120,
      bytesSettled: 0,
      left: 3,
      done: 0,
      proved: [],
      cancelled: 0,
      skipped: [],
      failed: [],
    });
  });

  test("tells by reason what was skipped and what failed, the most frequent first", () => {
    const id = addDrop(["a", "b", "c", "d", "e", "f"].map((name) => file(name)));
    end("a", "succeed", { bytesDone: 10 });
    end("b", "skip", { skipped: "same-size" });
    end("c", "giveUp", { error: { kind: "not-found", text: "550" } });
    for (const name of ["d", "e"]) end(name, "giveUp", { error: { kind: "remote-full", text: "452" } });
    expect(lookAt(id)).toMatchObject({
      left: 1,
      done: 1,
      bytesSettled: 50,
      finishedMs: null,
      skipped: [{ reason: "same-size", count: 1 }],
      failed: [
        { kind: "remote-full", count: 2 },
        { kind: "not-found", count: 1 },
      ],
    });
  });

  test("takes back what is tried again, and knows when the last one ended", () => {
    const id = addDrop([file("a"), file("b")]);
    const failed = end("a", "giveUp", { error: { kind: "not-found", text: "550" } });
    end("b", "succeed");
    expect(lookAt(id)).toMatchObject({ left: 0, finishedMs: nowMs + 5, failed: [{ kind: "not-found", count: 1 }] });
    store.apply(failed, "retry", { error: null, finishedMs: null });
    expect(lookAt(id)).toMatchObject({ left: 1, finishedMs: null, failed: [], bytesSettled: 10 });
    end("a", "succeed", { finishedMs: nowMs + 9 });
    expect(lookAt(id)).toMatchObject({ left: 0, finishedMs: nowMs + 9, done: 2, bytesSettled: 20 });
  });

  test("counts the bytes of a transfer that was stopped half-way, until it ends", () => {
    const id = addDrop([file("a", 100)]);
    const row = idOf("a");
    store.apply(row, "claim");
    store.checkpoint(row, 60);
    store.apply(row, "pause", { bytesDone: 60 });
    expect(lookAt(id)).toMatchObject({ left: 1, bytesSettled: 60 });
    store.apply(row, "resume");
    store.apply(row, "claim");
    store.apply(row, "succeed", { bytesDone: 100, finishedMs: nowMs });
    expect(lookAt(id)).toMatchObject({ left: 0, bytesSettled: 100 });
  });

  test("learns a size that the listing did not say", () => {
    const id = addDrop([file("a", null)]);
    const row = idOf("a");
    store.apply(row, "claim");
    store.begin(row, {
      begun: "fresh",
      targetName: "a",
      size: 70,
      modifiedMs: nowMs,
      oldSize: null,
      oldModifiedMs: null,
      partName: null,
    });
    expect(lookAt(id)).toMatchObject({ bytes: 70, bytesSettled: 0 });
  });

  test("keeps what is done when the list of it is cleared, and no longer speaks of failures that are", () => {
    const id = addDrop([file("a"), file("b"), file("c")]);
    const done = end("a", "succeed");
    const failed = end("b", "giveUp", { error: { kind: "not-found", text: "550" } });
    store.deleteEnded([done, failed]);
    expect(lookAt(id)).toMatchObject({ files: 3, left: 1, done: 1, failed: [], cancelled: 1 });
  });

  test("counts what is proved by how well, the strongest first, and keeps it when the list is cleared", () => {
    const id = addDrop(["a", "b", "c", "d", "e"].map((name) => file(name)));
    const other = addDrop([file("f")]);
    const prove = (name: string, level: EvidenceLevel): number => {
      const transfer = end(name, "succeed");
      store.receipts.keep(transfer, { size: 10, sha256: null, level, server: null, restarted: null }, nowMs);
      return transfer;
    };
    const cleared = prove("a", "hash");
    prove("b", "size");
    prove("c", "hash");
    prove("d", "word");
    prove("f", "read-back");
    end("e", "skip", { skipped: "same-size" });
    const proved = [
      { level: "hash", count: 2 },
      { level: "size", count: 1 },
      { level: "word", count: 1 },
    ];
    expect(lookAt(id)).toMatchObject({ done: 4, proved });
    expect(lookAt(other).proved).toEqual([{ level: "read-back", count: 1 }]);
    store.receipts.noteCheck(cleared, { side: "disk", result: "differs", level: "hash", atMs: nowMs });
    store.deleteEnded([cleared]);
    expect(lookAt(id), "how it arrived stays true").toMatchObject({ done: 4, proved });
  });

  test("goes with the last of its transfers", () => {
    addDrop([file("a")]);
    const id = end("a", "succeed");
    store.receipts.keep(id, { size: 10, sha256: null, level: "size", server: null, restarted: null }, nowMs);
    store.deleteEnded([id]);
    store.tidy();
    const left = [store.batchTotal(), store.batchWindow(0, 10), store.batchEnds([1]), store.batchProofs([1])];
    expect(left).toEqual([0, [], [], []]);
  });
});

test("drops at work stand first in the order they run in, then those that have ended, the latest first", () => {
  const [first, second, third, fourth] = ["a", "b", "c", "d"].map((name) => addDrop([file(name)]));
  end("a", "succeed");
  end("c", "succeed");
  expect(store.batchWindow(0, 10).map(({ id }) => id)).toEqual([second, fourth, third, first]);
  expect(store.batchWindow(1, 2).map(({ id }) => id)).toEqual([fourth, third]);
});

test("a queue from before drops were counted is counted once", () => {
  const known = queueMigrations.findIndex((step) => step.includes("CREATE TABLE batch_ends"));
  const db = openDatabase(":memory:", queueMigrations.slice(0, known));
  db.exec(`
    INSERT INTO sites (no, id) VALUES (1, 'site');
    INSERT INTO batches (id, site, direction, root, files, folders, bytes, created_ms) VALUES (1, 1, 'upload', '/to', 9, 0, 90, 5);
    INSERT INTO places VALUES (1, 1, NULL, '/from', '/to');
    INSERT INTO transfers (place, site, kind, source_name, target_name, size, state, error_kind, finished_ms) VALUES
      (1, 1, 'file', 'a', 'a', 10, 'done', NULL, 7), (1, 1, 'file', 'b', 'b', 10, 'failed', 'busy', 8),
      (1, 1, 'file', 'c', 'c', 10, 'queued', NULL, NULL);`);
  db.exec(queueMigrations[known] ?? "");
  expect(
    db
      .prepare("SELECT outcome, reason, n, bytes, last_ms FROM batch_ends")
      .all()
      .map((row) => ({ ...row })),
  ).toEqual([
    { outcome: "done", reason: "", n: 1, bytes: 10, last_ms: 7 },
    { outcome: "failed", reason: "busy", n: 1, bytes: 10, last_ms: 8 },
  ]);
  expect({ ...db.prepare("SELECT files, bytes, title FROM batches").get() }).toEqual({
    files: 3,
    bytes: 30,
    title: null,
  });
});

test("receipts from before they were counted are counted once", () => {
  const known = queueMigrations.findIndex((step) => step.includes("CREATE TABLE batch_proofs"));
  const db = openDatabase(":memory:", queueMigrations.slice(0, known));
  db.exec(`
    INSERT INTO sites (no, id) VALUES (1, 'site');
    INSERT INTO batches (id, site, direction, root, created_ms) VALUES (1, 1, 'upload', '/to', 5), (2, 1, 'upload', '/to', 6);
    INSERT INTO places VALUES (1, 1, NULL, '/from', '/to'), (2, 2, NULL, '/from', '/to');
    INSERT INTO transfers (id, place, site, kind, source_name, target_name, state) VALUES
      (1, 1, 1, 'file', 'a', 'a', 'done'), (2, 1, 1, 'file', 'b', 'b', 'done'), (3, 2, 1, 'file', 'c', 'c', 'done');
    INSERT INTO receipts (transfer, size, level, at_ms) VALUES (1, 1, 'hash', 7), (2, 1, 'hash', 7), (3, 1, 'size', 7);`);
  db.exec(queueMigrations[known] ?? "");
  const counted = db.prepare("SELECT batch, level, n FROM batch_proofs").all();
  expect(counted.map((row) => ({ ...row }))).toEqual([
    { batch: 1, level: "hash", n: 2 },
    { batch: 2, level: "size", n: 1 },
  ]);
});

describe("query plans", () => {
  const planOf = (text: string) => queryPlanOf(text).join("\n");

  test("a look at the drops never counts transfers", () => {
    for (const name of ["window", "total", "ends", "proofs"] as const)
      expect(planOf(batchQueries[name])).not.toMatch(/transfers|receipts/);
    expect(planOf(batchQueries.proofs)).toMatch(/SEARCH batch_proofs USING PRIMARY KEY \(batch=\?\)/);
    expect(planOf(batchQueries.ends)).toMatch(/SEARCH batch_ends USING PRIMARY KEY \(batch=\?\)/);
  });

  test("bytes that are under way are read from the rows that are under way", () => {
    expect(planOf(batchQueries.begun)).toMatch(/SCAN t USING (?:COVERING )?INDEX transfers_begun/);
  });
});
