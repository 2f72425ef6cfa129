import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { queryPlanOf } from "../testing/queryPlan.ts";
import type { NewTransfer } from "./arrivals.ts";
import { queueQueries } from "./queueQueries.ts";
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
const folder = (name: string): NewTransfer => ({ ...file(name, null), kind: "folder" });

let store: QueueStore;
beforeEach(() => {
  store = openQueueStore(":memory:");
});
afterEach(() => store.close());

function addDrop(transfers: readonly NewTransfer[], siteId = "site"): void {
  const places = new Map([["/from", transfers]]);
  store.addBatch({ siteId, direction: "upload", root: "/to", nowMs, places });
}

function takeNext(siteNo = 1) {
  const row = store.nextOne(siteNo, "file", []);
  if (row === null) throw new Error("nothing queued");
  store.apply(row.id, "claim", { startedMs: nowMs });
  return row;
}

const countOf = (state: string) =>
  store.counts().reduce((sum, count) => (count.state === state ? sum + count.n : sum), 0);

describe("queued rows", () => {
  test("come in the order they were added, files apart from folders, sites apart", () => {
    addDrop([folder("d"), file("a"), file("b")]);
    addDrop([file("x")], "other");
    expect(store.sitesWithQueued("file")).toEqual([
      { no: 1, id: "site" },
      { no: 2, id: "other" },
    ]);
    expect(takeNext()).toMatchObject({ sourceName: "a", sourceFolder: "/from", targetFolder: "/to", siteId: "site" });
    expect(takeNext()).toMatchObject({ sourceName: "b" });
    expect(store.nextOne(1, "file", [])).toBeNull();
    expect(store.nextOne(1, "folder", [])).toMatchObject({ sourceName: "d", kind: "folder" });
    expect(store.sitesWithQueued("file")).toEqual([{ no: 2, id: "other" }]);
  });

  test("can be left out while they cannot run", () => {
    addDrop([file("a"), file("b")]);
    const first = store.nextOne(1, "file", []);
    expect(store.nextOne(1, "file", [first?.id ?? 0])).toMatchObject({ sourceName: "b" });
  });

  test("stand in the window behind what runs", () => {
    addDrop([file("a"), file("b"), file("c")]);
    const { id } = takeNext();
    store.apply(id, "ask"); // waits for the user; the next one runs
    takeNext();
    expect(store.window("queued", 0, 10).map(({ sourceName }) => sourceName)).toEqual(["b", "a", "c"]);
  });

  test("are claimed once", () => {
    addDrop([file("a")]);
    const row = takeNext();
    expect(store.apply(row.id, "claim")).toBe(false);
  });
});

describe("a folder's children", () => {
  test("are added once, however often the folder is expanded", () => {
    addDrop([folder("d")]);
    const row = store.nextOne(1, "folder", []);
    if (row === null) throw new Error("no folder");
    const place = store.openPlace(row, "/from/d", "/to/d");
    expect(store.addChildren(row, place, [file("a"), file("b")], nowMs)).toBe(2);
    expect(store.openPlace(row, "/from/d", "/to/d")).toBe(place);
    expect(store.addChildren(row, place, [file("b"), file("c")], nowMs)).toBe(1);
    expect([...store.namesIn(place).keys()]).toEqual(["a", "b", "c"]);
    expect(countOf("queued")).toBe(4);
  });

  test("that will not be moved are done from the start", () => {
    addDrop([{ ...file("pipe", null), skipped: "special-file" }]);
    expect(store.window("completed", 0, 10)).toMatchObject([
      { state: "done", skipped: "special-file", finishedMs: nowMs },
    ]);
  });
});

describe("counts", () => {
  test("follow every change without counting rows", () => {
    addDrop([file("a", 100), file("b", 50), file("c", null)]);
    const row = takeNext();
    store.checkpoint(row.id, 40);
    expect(store.counts()).toContainEqual({ kind: "file", state: "queued", n: 2, bytes: 50 });
    expect(store.counts()).toContainEqual({ kind: "file", state: "running", n: 1, bytes: 60 });
    store.begin(row.id, { ...begun, size: 120 });
    expect(store.counts()).toContainEqual({ kind: "file", state: "running", n: 1, bytes: 80 });
    store.apply(row.id, "succeed", { bytesDone: 120, finishedMs: nowMs });
    expect(store.counts()).toContainEqual({ kind: "file", state: "done", n: 1, bytes: 0 });
    store.deleteEnded([row.id]);
    expect(countOf("done")).toBe(0);
  });

  test("agree with the rows after a thousand random changes", () => {
    addDrop(Array.from({ length: 40 }, (_, index) => file(`f${index}`, index)));
    const events = [
      "claim",
      "pause",
      "resume",
      "cancel",
      "retry",
      "backOff",
      "giveUp",
      "succeed",
      "ask",
      "answer",
    ] as const;
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let index = 0; index < 1_000; index++) {
      const event = events[random(events.length)];
      if (event !== undefined) store.apply(1 + random(40), event, { bytesDone: random(20) });
    }
    const rows = (["queued", "failed", "completed"] as const).flatMap((filter) => store.window(filter, 0, 100));
    expect(rows).toHaveLength(40);
    for (const { state, n, bytes } of store.counts()) {
      const inState = rows.filter((row) => row.state === state);
      expect({ state, n, bytes }).toEqual({
        state,
        n: inState.length,
        bytes: inState.reduce((sum, row) => sum + Math.max((row.size ?? 0) - row.bytesDone, 0), 0),
      });
    }
  });
});

const begun = {
  begun: "fresh",
  targetName: "a",
  size: null,
  modifiedMs: null,
  oldSize: null,
  oldModifiedMs: null,
  partName: null,
} as const;

describe("changes of state", () => {
  test("that the life of a transfer forbids change nothing", () => {
    addDrop([file("a")]);
    const row = takeNext();
    store.apply(row.id, "pause");
    expect(store.apply(row.id, "backOff", { attempts: 5 })).toBe(false);
    expect(store.find(row.id)).toMatchObject({ state: "paused", attempts: 0 });
  });

  test("of many rows reach those that the event concerns", () => {
    addDrop([file("a"), file("b"), file("c")]);
    takeNext();
    const ids = store.selectIds({ filter: "queued" }, ["queued", "paused"], 0, 100);
    expect(ids).toHaveLength(2);
    expect(store.applyAll([1, 2, 3], "resume")).toBe(0);
    expect(store.applyAll([1, 2, 3], "pause")).toBe(3);
  });

  test("wait for their time", () => {
    addDrop([file("a"), file("b")]);
    for (const delay of [500, 900]) store.apply(takeNext().id, "backOff", { retryAtMs: nowMs + delay });
    expect(store.nextDueMs()).toBe(nowMs + 500);
    expect(store.releaseDue(nowMs + 499)).toBe(0);
    expect(store.releaseDue(nowMs + 500)).toBe(1);
    expect(store.nextDueMs()).toBe(nowMs + 900);
  });
});

describe("removal", () => {
  test("spares what has not ended, and forgets empty places and batches", () => {
    addDrop([file("a"), file("b")]);
    addDrop([file("c")]);
    const row = takeNext();
    store.apply(row.id, "succeed", { finishedMs: nowMs });
    expect(store.deleteEnded([1, 2, 3])).toBe(1);
    store.applyAll([2], "cancel");
    store.deleteEnded([2]);
    store.tidy();
    expect(store.window("queued", 0, 10).map(({ batchId }) => batchId)).toEqual([2]);
    addDrop([file("d")]);
    expect(store.window("queued", 0, 10).map(({ id }) => id)).toEqual([3, 4]); // numbers are never used twice
  });
});

describe("windows", () => {
  test("show open rows in the order they run in, ended ones latest first", () => {
    addDrop(Array.from({ length: 10 }, (_, index) => file(`f${index}`)));
    for (const finishedMs of [1, 3, 2]) store.apply(takeNext().id, "giveUp", { finishedMs });
    expect(store.window("queued", 2, 3).map(({ sourceName }) => sourceName)).toEqual(["f5", "f6", "f7"]);
    expect(store.window("failed", 0, 10).map(({ sourceName }) => sourceName)).toEqual(["f1", "f2", "f0"]);
  });
});

describe("the file", () => {
  test("remembers everything, and takes up what ran when it was left", async () => {
    const home = await mkdtemp(join(tmpdir(), "portside-store-"));
    const path = join(home, "queue.sqlite");
    const first = openQueueStore(path);
    const places = new Map([["/from", [file("a"), file("b"), file("c"), file("d")]]]);
    first.addBatch({ siteId: "site", direction: "download", root: "/to", nowMs, places });
    first.apply(1, "claim");
    first.apply(2, "claim");
    first.begin(2, { ...begun, partName: "b.part", size: 10, modifiedMs: nowMs });
    first.apply(2, "backOff", { retryAtMs: nowMs, bytesDone: 4 });
    first.apply(3, "pause");
    first.setProcessing(false);
    first.close();

    const second = openQueueStore(path);
    expect(second.isProcessing()).toBe(false);
    expect(second.recover()).toBe(2);
    expect(second.window("queued", 0, 10)).toMatchObject([
      { state: "queued", begun: "no" },
      { state: "queued", begun: "fresh", bytesDone: 4, partName: "b.part", begunSize: 10, retryAtMs: null },
      { state: "paused" },
      { state: "queued" },
    ]);
    second.close();
    await rm(home, { recursive: true });
  });

  test("holds rows that make no sense without losing the others", async () => {
    const home = await mkdtemp(join(tmpdir(), "portside-store-"));
    const path = join(home, "queue.sqlite");
    const first = openQueueStore(path);
    const places = new Map([["/from", [file("a"), file("b")]]]);
    first.addBatch({ siteId: "site", direction: "download", root: "/to", nowMs, places });
    first.close();
    const raw = new DatabaseSync(path);
    raw.exec("UPDATE transfers SET precision = 'nonsense' WHERE id = 1");
    raw.close();
    const second = openQueueStore(path);
    expect(second.nextOne(1, "file", [])).toMatchObject({ sourceName: "b" });
    second.close();
    await rm(home, { recursive: true });
  });

  test("knows which staged folders and which sites are still needed", () => {
    addDrop([file("a")]);
    expect(store.readsBelow("/from")).toBe(true);
    expect(store.readsBelow("/fro")).toBe(false);
    expect(store.needsSite("site")).toBe(true);
    expect(store.needsSite("other")).toBe(false);
    store.apply(takeNext().id, "succeed");
    expect(store.readsBelow("/from")).toBe(false);
    expect(store.needsSite("site")).toBe(false);
  });
});

describe("query plans", () => {
  const plans: Partial<Record<keyof typeof queueQueries, RegExp>> = {
    nextQueued: /SEARCH transfers USING (?:COVERING )?INDEX transfers_next \(site=\? AND kind=\?\)/,
    nextSmall: /SEARCH transfers USING (?:COVERING )?INDEX transfers_next \(site=\? AND kind=\? AND priority=\?\)/,
    nextDue: /USING COVERING INDEX transfers_due/,
    releaseDue: /USING (?:COVERING )?INDEX transfers_due/,
    recover: /USING (?:COVERING )?INDEX transfers_live/,
    waitingIds: /SEARCH t USING (?:COVERING )?INDEX transfers_live \(state=\?\)/,
    abandonedParts: /USING INDEX transfers_with_part/,
    windowQueued: /SCAN transfers USING COVERING INDEX transfers_open/,
    windowFailed: /SCAN transfers USING COVERING INDEX transfers_failed/,
    windowCompleted: /SCAN transfers USING COVERING INDEX transfers_completed/,
    rowsOf: /SEARCH t USING INTEGER PRIMARY KEY/,
    rowsWithPart: /SEARCH t USING INTEGER PRIMARY KEY/,
    forgetParts: /SEARCH transfers USING INTEGER PRIMARY KEY/,
    deleteEnded: /SEARCH transfers USING INTEGER PRIMARY KEY/,
    namesIn: /SEARCH transfers USING INDEX sqlite_autoindex_transfers_1 \(place=\?\)/,
    find: /SEARCH t USING INTEGER PRIMARY KEY/,
    stateOf: /SEARCH transfers USING INTEGER PRIMARY KEY/,
    checkpoint: /SEARCH transfers USING INTEGER PRIMARY KEY/,
    begin: /SEARCH transfers USING INTEGER PRIMARY KEY/,
  };
  const planOf = (text: string) => queryPlanOf(text).join("\n");

  test.each(Object.entries(plans))("%s walks no more rows than it wants", (name, expected) => {
    const plan = planOf(queueQueries[name as keyof typeof queueQueries]);
    expect(plan).toMatch(expected);
    expect(plan).not.toMatch(
      /SCAN (?:t|transfers)(?! USING COVERING INDEX transfers_(?:open|failed|completed))\b(?! USING INDEX transfers_with_part)/,
    );
  });

  test("the first rows of a million queued ones are taken as their index has them, without sorting the rest", () => {
    expect(planOf(queueQueries.windowQueued)).not.toMatch(/INDEX transfers_open.*\n.*TEMP B-TREE/);
  });

  test("a summary never looks at the transfers", () => {
    expect(planOf(queueQueries.counts)).not.toContain("transfers");
  });
});
