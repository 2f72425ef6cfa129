import { beforeEach, describe, expect, test } from "vitest";
import { queryPlanOf } from "../testing/queryPlan.ts";
import type { NewTransfer } from "./arrivals.ts";
import { openQueueStore, type QueueStore } from "./queueStore.ts";
import { receiptQueries } from "./receiptQueries.ts";
import type { Proof } from "./receiptStore.ts";

const proof: Proof = {
  size: 9,
  sha256: "ab".repeat(32),
  level: "hash",
  server: { algorithm: "MD5", value: "cd" },
  restarted: "overlap-differs",
};

let store: QueueStore;
let ids: number[];
beforeEach(() => {
  store = openQueueStore(":memory:");
  const transfers = ["a", "b", "c"].map(
    (name): NewTransfer => ({
      ...{ kind: "file", sourceName: name, targetName: `${name}.new`, size: 9, modifiedMs: null, precision: "second" },
    }),
  );
  store.addBatch({ siteId: "s", direction: "download", root: "/l", nowMs: 1, places: new Map([["/r", transfers]]) });
  ids = store.selectIds({ filter: "queued" }, ["queued"], 0, 10);
  for (const id of ids) {
    store.apply(id, "claim");
    store.apply(id, "succeed", { finishedMs: 5 });
  }
});

const read = (id: number | undefined) => store.receipts.read([id ?? 0])[0];

describe("a receipt", () => {
  test("is read as it was kept, with the places of its transfer", () => {
    store.receipts.keep(ids[0] ?? 0, proof, 77);
    expect(read(ids[0])).toMatchObject({
      ...{ id: ids[0], size: 9, sha256: proof.sha256, level: "hash", serverAlgorithm: "MD5", serverValue: "cd" },
      ...{ restarted: "overlap-differs", atMs: 77, checkResult: null, siteId: "s", direction: "download" },
      ...{ sourceFolder: "/r", sourceName: "a", targetFolder: "/l", targetName: "a.new" },
    });
    expect(store.find(ids[0] ?? 0)).toMatchObject({ evidence: "hash", checked: null });
    expect(store.find(ids[1] ?? 0)).toMatchObject({ evidence: null, checked: null });
  });

  test("remembers the latest look", () => {
    store.receipts.keep(ids[0] ?? 0, proof, 77);
    store.receipts.noteCheck(ids[0] ?? 0, { side: "server", result: "same", level: "hash", atMs: 80 });
    store.receipts.noteCheck(ids[0] ?? 0, { side: "disk", result: "differs", level: "size", atMs: 90 });
    expect(read(ids[0])).toMatchObject({ checkSide: "disk", checkResult: "differs", checkLevel: "size", checkMs: 90 });
    expect(store.find(ids[0] ?? 0)?.checked).toBe("differs");
  });

  test("goes with its transfer, and only with it", () => {
    for (const id of ids) store.receipts.keep(id, proof, 77);
    store.deleteEnded([ids[1] ?? 0]);
    expect(store.receipts.read(ids).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  });

  test("pages reach every one, of some or of all", () => {
    for (const id of ids) store.receipts.keep(id, proof, 77);
    const first = store.receipts.page(null, 0, 2);
    expect([first.rows.length, first.next]).toEqual([2, ids[1]]);
    const second = store.receipts.page(null, first.next ?? 0, 2);
    expect([second.rows.map(({ id }) => id), second.next]).toEqual([[ids[2]], null]);
    expect(store.receipts.page([ids[2] ?? 0], 0, 2).rows.map(({ id }) => id)).toEqual([ids[2]]);
  });
});

test.each(Object.entries(receiptQueries))("%s finds its rows by their keys", (_, text) => {
  const plan = queryPlanOf(text);
  expect(plan.filter((step) => /^SCAN (?!j|json_each|CONSTANT)/.test(step))).toEqual([]);
  expect(plan.join()).not.toContain("TEMP B-TREE");
});
