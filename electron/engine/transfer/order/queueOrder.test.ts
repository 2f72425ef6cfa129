import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { NewTransfer } from "../store/arrivals.ts";
import { orderQueries } from "../store/queueOrder.ts";
import { openQueueStore, type QueueStore } from "../store/queueStore.ts";
import { queryPlanOf } from "../testing/queryPlan.ts";
import { arrangeQueue } from "./arrangeQueue.ts";

const file = (name: string): NewTransfer => ({
  kind: "file",
  sourceName: name,
  targetName: name,
  size: 10,
  modifiedMs: null,
  precision: "second",
});

let store: QueueStore;
let arrange: ReturnType<typeof arrangeQueue>;
beforeEach(() => {
  store = openQueueStore(":memory:");
  arrange = arrangeQueue({ store, onChanged: () => {} });
});
afterEach(() => store.close());

function addDrop(names: string, siteId = "site"): number {
  const places = new Map([["/from", [...names].map(file)]]);
  return store.addBatch({ siteId, direction: "upload", root: "/to", nowMs: 0, places }).batchId;
}

/** The names of the open rows, in the order they stand in. */
const order = () =>
  store
    .window("queued", 0, 500)
    .map(({ sourceName }) => sourceName)
    .join("");

/** The order that files are claimed in. */
function claimAll(): string {
  let claimed = "";
  for (let row = store.nextOne(1, "file", []); row !== null; row = store.nextOne(1, "file", [])) {
    store.apply(row.id, "claim");
    claimed += row.sourceName;
  }
  return claimed;
}

const idOf = (name: string) => {
  const row = store.window("queued", 0, 500).find(({ sourceName }) => sourceName === name);
  if (row === undefined) throw new Error(`no ${name}`);
  return row.id;
};
const ids = (names: string) => ({ ids: [...names].map(idOf) });

describe("priorities", () => {
  test("put files before others, and what is claimed follows what is shown", async () => {
    addDrop("abcdef");
    await arrange.setPriority(ids("d"), "highest");
    await arrange.setPriority(ids("ce"), "high");
    await arrange.setPriority(ids("a"), "lowest");
    expect(order()).toBe("dcebfa");
    expect(claimAll()).toBe("dcebfa");
  });

  test("are raised and lowered by a word, and stop at the ends", async () => {
    addDrop("ab");
    for (let times = 0; times < 3; times++) await arrange.setPriority(ids("b"), "raise");
    for (let times = 0; times < 3; times++) await arrange.setPriority(ids("a"), "lower");
    expect(store.window("queued", 0, 9).map(({ priority }) => priority)).toEqual(["highest", "lowest"]);
    await arrange.setPriority(ids("b"), "lower");
    expect(store.window("queued", 0, 1)).toMatchObject([{ sourceName: "b", priority: "high" }]);
  });

  test("of a whole drop, of a site, and of all that is queued are set at once", async () => {
    addDrop("ab");
    const second = addDrop("cd");
    addDrop("ef", "other");
    await arrange.setPriority({ batchId: second }, "high");
    expect(order()).toBe("cdabef");
    await arrange.setPriority({ siteId: "other" }, "highest");
    expect(order()).toBe("efcdab");
    await arrange.setPriority({ filter: "queued" }, "normal");
    expect(order()).toBe("abcdef");
  });

  test("leave alone what has ended", async () => {
    addDrop("ab");
    const selection = ids("ab");
    store.applyAll(selection.ids, "cancel");
    await arrange.setPriority(selection, "high");
    await arrange.move(selection, { to: "top" });
    expect(store.window("completed", 0, 9).map(({ priority }) => priority)).toEqual(["normal", "normal"]);
  });
});

describe("moving", () => {
  test.each([
    { moved: "d", target: { to: "top" }, expected: "dabcef" },
    { moved: "be", target: { to: "top" }, expected: "beacdf" },
    { moved: "a", target: { to: "bottom" }, expected: "bcdefa" },
    { moved: "ace", target: { to: "bottom" }, expected: "bdface" },
    { moved: "f", target: { before: "b" }, expected: "afbcde" },
    { moved: "a", target: { after: "c" }, expected: "bcadef" },
    { moved: "af", target: { after: "c" }, expected: "bcafde" },
    { moved: "bcd", target: { before: "c" }, expected: "abcdef" },
    { moved: "a", target: { after: "f" }, expected: "bcdefa" },
    { moved: "f", target: { before: "a" }, expected: "fabcde" },
  ] as const)("$moved goes to $target", async ({ moved, target, expected }) => {
    addDrop("abcdef");
    const resolved =
      "before" in target ? { before: idOf(target.before) } : "after" in target ? { after: idOf(target.after) } : target;
    await arrange.move(ids(moved), resolved);
    expect(order()).toBe(expected);
    expect(claimAll()).toBe(expected);
  });

  test("to the top goes before what has a higher priority, and takes that on; beside a row it takes on that one's", async () => {
    addDrop("abcd");
    await arrange.setPriority(ids("a"), "high");
    await arrange.setPriority(ids("d"), "low");
    await arrange.move(ids("c"), { to: "top" });
    await arrange.move(ids("b"), { after: idOf("d") });
    expect(order()).toBe("cadb");
    expect(store.window("queued", 0, 9).map(({ priority }) => priority)).toEqual(["high", "high", "low", "low"]);
  });

  test("keeps rows of several priorities in the order they stood in", async () => {
    addDrop("abcde");
    await arrange.setPriority(ids("d"), "high");
    await arrange.setPriority(ids("a"), "low");
    expect(order()).toBe("dbcea");
    await arrange.move(ids("abd"), { to: "bottom" });
    expect(order()).toBe("cedba");
  });

  test("what is added later comes behind what was moved to the bottom", async () => {
    addDrop("abc");
    await arrange.move(ids("a"), { to: "bottom" });
    addDrop("xy");
    expect(order()).toBe("bcaxy");
  });

  test("beside a row that has ended changes nothing", async () => {
    addDrop("abc");
    const gone = idOf("a");
    store.applyAll([gone], "cancel");
    await arrange.move(ids("c"), { before: gone });
    expect(order()).toBe("bc");
  });

  test("into the same gap again and again finds room, hundreds of times", async () => {
    addDrop("abcdefgh");
    const expected = [..."abcdefgh"];
    for (let times = 0; times < 400; times++) {
      const moved = expected.splice(expected.length - 1, 1)[0] ?? "";
      expected.splice(1, 0, moved);
      await arrange.move(ids(moved), { after: idOf(expected[0] ?? "") });
      expect(order()).toBe(expected.join(""));
    }
  });

  test("of thirty thousand rows at once keeps their order, though some were moved by hand before", async () => {
    const names = Array.from({ length: 30_000 }, (_, index) => file(`f${index}`));
    store.addBatch({ siteId: "site", direction: "upload", root: "/to", nowMs: 0, places: new Map([["/from", names]]) });
    addDrop("ab");
    for (const id of [7, 8, 9, 10]) await arrange.move({ ids: [id] }, { after: 1 });
    await arrange.setPriority({ ids: [20_000] }, "high");
    const standing = () => store.order.sort(Array.from({ length: 30_000 }, (_, index) => index + 1));
    const before = standing();
    await arrange.move({ batchId: 1 }, { before: 30_002 });
    expect(store.window("queued", 0, 2)).toMatchObject([{ sourceName: "a" }, { id: 20_000 }]);
    expect(store.window("queued", 30_001, 1)).toMatchObject([{ sourceName: "b" }]);
    expect(standing()).toEqual(before);
  });

  test("a thousand random moves agree with a list", async () => {
    const expected = [..."abcdefghijklmnop"];
    addDrop(expected.join(""));
    let seed = 11;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let times = 0; times < 1_000; times++) {
      const moved = expected.filter(() => random(4) === 0);
      const others = expected.filter((name) => !moved.includes(name));
      const beside = others[random(others.length)];
      if (moved.length === 0 || beside === undefined) continue;
      const isBefore = random(2) === 0;
      await arrange.move(ids(moved.join("")), isBefore ? { before: idOf(beside) } : { after: idOf(beside) });
      others.splice(others.indexOf(beside) + (isBefore ? 0 : 1), 0, ...moved);
      expected.splice(0, expected.length, ...others);
      expect(order()).toBe(expected.join(""));
    }
  });
});

describe("a folder's children", () => {
  test("arrive where the folder stands", async () => {
    addDrop("ab");
    const places = new Map([["/from", [{ ...file("D"), kind: "folder" as const }]]]);
    store.addBatch({ siteId: "site", direction: "upload", root: "/to", nowMs: 0, places });
    await arrange.move(ids("D"), { before: idOf("b") });
    const row = store.nextOne(1, "folder", []);
    if (row === null) throw new Error("no folder");
    store.addChildren(row, store.openPlace(row, "/from/D", "/to/D"), [file("x"), file("y")], 0);
    expect(order()).toBe("aDxyb");
    await arrange.move(ids("b"), { after: idOf("x") });
    expect(order()).toBe("aDxby");
    await arrange.setPriority({ folderOf: idOf("y") }, "high");
    expect(order()).toBe("Dxyab");
  });
});

describe("query plans", () => {
  test.each([
    ["standing", /SEARCH transfers USING INTEGER PRIMARY KEY/],
    ["first", /SCAN transfers USING COVERING INDEX transfers_open$/],
    ["last", /SCAN transfers USING COVERING INDEX transfers_open$/],
    ["ahead", /SEARCH transfers USING COVERING INDEX transfers_open \(priority=\? AND <expr><\?\)$/],
    ["behind", /SEARCH transfers USING COVERING INDEX transfers_open \(priority=\? AND <expr>>\?\)$/],
    ["idsUpTo", /SEARCH transfers USING COVERING INDEX transfers_open \(priority=\? AND <expr>>\? AND <expr><\?\)$/],
    ["countUpTo", /SEARCH transfers USING COVERING INDEX transfers_open \(priority=\? AND <expr><\?\)$/],
    ["priorityOfNext", /SEARCH transfers USING INDEX transfers_next \(site=\? AND kind=\?\)$/],
    ["shift", /SEARCH transfers USING INTEGER PRIMARY KEY/],
    ["setPriority", /SEARCH transfers USING INTEGER PRIMARY KEY/],
    ["changePriority", /SEARCH transfers USING INTEGER PRIMARY KEY/],
    ["place", /SEARCH transfers USING INTEGER PRIMARY KEY/],
    ["span", /SEARCH transfers USING INTEGER PRIMARY KEY/],
  ] as const)("%s walks no more rows than it wants", (name, expected) => {
    const plan = queryPlanOf(orderQueries[name]);
    expect(plan.join("\n")).not.toMatch(/TEMP B-TREE/);
    expect(plan.filter((line) => line.includes("transfers")).join("\n")).toMatch(expected);
  });
});
