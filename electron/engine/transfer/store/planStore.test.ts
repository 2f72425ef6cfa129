import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { queryPlanOf } from "../testing/queryPlan.ts";
import type { NewTransfer } from "./arrivals.ts";
import { type Finding, planQueries } from "./planStore.ts";
import { openQueueStore, type QueueStore } from "./queueStore.ts";

const nowMs = 1_700_000_000_000;
const file = (name: string, size: number | null = 100): NewTransfer => {
  return { kind: "file", sourceName: name, targetName: name, size, modifiedMs: nowMs, precision: "second" };
};
const standing = { isFolder: false, size: 40, modifiedMs: nowMs, precision: "second" } as const;
const isNew: Finding = { action: "create", reason: "new" };
const replaces: Finding = { action: "overwrite", reason: "rule", standing, canResume: true, newName: "x (2)" };

let store: QueueStore;
beforeEach(() => {
  store = openQueueStore(":memory:");
});
afterEach(() => store.close());

function addPlan(transfers: readonly NewTransfer[]): number {
  const places = new Map([["/from", transfers]]);
  return store.addBatch({ siteId: "site", direction: "upload", root: "/to", plan: "asked", nowMs, places }).batchId;
}

const note = (...findings: readonly Finding[]) =>
  store.plans.note(new Map(findings.map((finding, index) => [index + 1, finding])));
const actions = (batchId: number) => store.plans.planWindow(batchId, "all", 0, 100).map(({ action }) => action);
const addUp = (counts: readonly { readonly action: string; readonly n: number }[]) => {
  const sums: Record<string, number> = {};
  for (const { action, n } of counts) sums[action] = (sums[action] ?? 0) + n;
  return sums;
};
/** Counted by hand, row by row. */
const counted = (batchId: number) =>
  addUp(store.plans.planWindow(batchId, "all", 0, 1_000).map(({ action }) => ({ action, n: 1 })));
const kept = (batchId: number) => addUp(store.plans.counts(batchId));
const bytesOf = (batchId: number) => store.plans.counts(batchId).reduce((sum, { bytes }) => sum + bytes, 0);

describe("a plan", () => {
  test("stands in no tab of the queue and runs nothing", () => {
    addPlan([file("a")]);
    expect(store.window("queued", 0, 10)).toEqual([]);
    expect(store.sitesWithQueued("file")).toEqual([]);
    expect(store.counts()).toEqual([{ kind: "file", state: "planned", n: 1, bytes: 100 }]);
  });

  test("stays a plan when Portside begins again", () => {
    addPlan([file("a")]);
    store.recover();
    expect(store.stateOf(1)).toBe("planned");
  });

  test("is looked at place by place, and what has been looked at not again", () => {
    const batchId = addPlan([file("a"), file("b")]);
    expect(store.plans.pending(batchId, 10).map(({ sourceName }) => sourceName)).toEqual(["a", "b"]);
    note(isNew);
    expect(store.plans.pending(batchId, 10).map(({ sourceName }) => sourceName)).toEqual(["b"]);
    note(replaces); // the first row has been looked at already
    expect(actions(batchId)).toEqual(["create", "pending"]);
  });

  test("counts what it holds as it changes, never by looking at its rows", () => {
    const batchId = addPlan([file("a"), file("b"), file("c"), file("d", null)]);
    note(isNew, replaces, { ...replaces, action: "resume", note: "windows" });
    expect(kept(batchId)).toEqual(counted(batchId));
    expect(bytesOf(batchId)).toBe(100 + 100 + (100 - 40));
    store.plans.choose([1, 2], "skip");
    expect(kept(batchId)).toEqual(counted(batchId));
    expect(bytesOf(batchId)).toBe(60);
    store.plans.choose([1, 2], "as-planned");
    store.applyAll([3], "cancel");
    expect(kept(batchId)).toEqual({ create: 1, overwrite: 1, pending: 1 });
    expect(bytesOf(batchId)).toBe(200);
  });

  test("lets the user decide where there is something to decide", () => {
    const batchId = addPlan([file("new"), file("old"), file("text")]);
    note(isNew, replaces, { ...replaces, canResume: false });
    store.plans.choose([1, 2, 3], "resume");
    expect(actions(batchId)).toEqual(["create", "resume", "overwrite"]);
    store.plans.choose([1, 2, 3], "rename");
    expect(actions(batchId)).toEqual(["create", "rename", "rename"]);
    store.plans.choose([1, 2, 3], "skip");
    expect(actions(batchId)).toEqual(["skip", "skip", "skip"]);
    store.plans.choose([1, 2, 3], "as-planned");
    expect(actions(batchId)).toEqual(["create", "overwrite", "overwrite"]);
  });

  test("tells a transfer what was planned for it, once somebody has looked", () => {
    addPlan([file("a"), file("b")]);
    note(replaces);
    expect(store.find(1)).toMatchObject({
      plannedAction: "overwrite",
      plannedStands: true,
      plannedSize: 40,
      plannedModifiedMs: nowMs,
      plannedName: "x (2)",
      inNewFolder: false,
    });
    expect(store.find(2)).toMatchObject({ plannedAction: null });
  });

  test("what is found in a planned folder is planned, and knows that its folder is new", () => {
    addPlan([{ ...file("d", null), kind: "folder" }]);
    const folder = store.find(1);
    if (folder === null) throw new Error("no folder");
    const place = store.openPlace(folder, "/from/d", "/to/d");
    store.addChildren(folder, place, [file("a")], nowMs);
    expect(store.find(2)).toMatchObject({ state: "planned", inNewFolder: false });
    note(isNew);
    store.plans.choose([1], "skip"); // not made by itself; a file that goes there all the same makes it
    expect(store.find(2)).toMatchObject({ inNewFolder: true });
  });

  test("is gone when nothing is left of it", () => {
    const batchId = addPlan([file("a")]);
    store.applyAll([1], "cancel");
    store.plans.forgetEmpty();
    expect(store.plans.batch(batchId)).toBeNull();
  });
});

describe("query plans", () => {
  const planOf = (text: string) => queryPlanOf(text).join("\n");

  test.each(Object.entries(planQueries))("%s walks no more rows than it wants", (name, text) => {
    const plan = planOf(text);
    const walks = plan.split("\n").filter((line) => /SCAN (?:t|transfers|p|plans|pl)\b/.test(line));
    expect(walks).toEqual(name === "recentDone" ? ["SCAN transfers USING COVERING INDEX transfers_completed"] : []);
  });

  test.each([
    ["pending", /SEARCH plans USING COVERING INDEX plans_pending/],
    ["windowAll", /SEARCH plans USING COVERING INDEX plans_of_batch/],
    ["windowAction", /SEARCH plans USING COVERING INDEX plans_by_action/],
    ["windowNames", /SEARCH plans USING INDEX plans_noted/],
    ["idsOfAction", /SEARCH plans USING COVERING INDEX plans_by_action/],
  ] as const)("%s takes its rows as an index has them", (name, expected) => {
    expect(planOf(planQueries[name])).toMatch(expected);
  });
});
