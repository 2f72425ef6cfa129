import { readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Plan, PlannedTransfer, PlanPart } from "../../../../shared/models/plan.ts";
import { hashTree, type QueueBench, setUpQueue, siteId, until, writeTree } from "../testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

type Drop = { readonly plansFirst?: boolean };

async function drop(direction: "upload" | "download", names: readonly string[], how: Drop = { plansFirst: true }) {
  const [from, to] = direction === "upload" ? [bench.local, "/"] : [bench.remote, bench.local];
  const found = await Promise.all(names.map((name) => bench.source(join(from, name))));
  const sources = direction === "upload" ? found : found.map((one) => ({ ...one, path: `/${one.name}` }));
  return bench.queue.add({ siteId, direction, sources, targetPath: to, ...how }).batchId;
}

function planOf(batchId: number): Plan | null {
  let plan: Plan | null = null;
  bench.queue.watchPlan(batchId, (news) => {
    plan = news.plan;
  })();
  return plan;
}

async function complete(batchId: number): Promise<Plan> {
  await until(() => planOf(batchId)?.pending === 0);
  const plan = planOf(batchId);
  if (plan === null) throw new Error("the plan is gone");
  return plan;
}

function rowsOf(batchId: number, part: PlanPart = "all"): PlannedTransfer[] {
  let rows: PlannedTransfer[] = [];
  bench.queue.watchPlanWindow({ batchId, part, offset: 0, limit: 500 }, (window) => {
    rows = window.rows;
  })();
  return rows;
}

/** Name → what will happen. */
function actionsOf(batchId: number): Record<string, string> {
  return Object.fromEntries(
    rowsOf(batchId).map(({ sourcePath, action, reason }) => [
      sourcePath.slice(sourcePath.lastIndexOf("/") + 1),
      `${action}, ${reason}`,
    ]),
  );
}

const idOf = (batchId: number, name: string): number => {
  const row = rowsOf(batchId).find(({ sourcePath }) => sourcePath.endsWith(`/${name}`));
  if (row === undefined) throw new Error(`${name} is not planned`);
  return row.id;
};

const touch = (path: string, atMs: number) => utimes(path, atMs / 1_000, atMs / 1_000);
const early = 1_600_000_000_000;
const late = 1_700_000_000_000;

describe.each(["upload", "download"] as const)("a plan of a folder's %s", (direction) => {
  const source = () => (direction === "upload" ? bench.local : bench.remote);
  const target = () => (direction === "upload" ? bench.remote : bench.local);

  beforeEach(async () => {
    await writeTree(source(), {
      "d/new": "new",
      "d/older": "old",
      "d/newer": "newer",
      "d/sub/deep": "deep",
      "d/same": "s",
    });
    await writeTree(target(), { "d/older": "other", "d/newer": "other", "d/same": "s" });
    for (const name of ["older", "newer"]) await touch(join(target(), "d", name), name === "older" ? late : early);
    for (const name of ["older", "newer", "same"])
      await touch(join(source(), "d", name), name === "older" ? early : late);
    await touch(join(target(), "d/same"), late);
    const rule = "overwrite-if-size-differs-or-newer";
    bench.change({ uploadConflict: rule, downloadConflict: rule });
  });

  test("says of everything below it what will happen and why, and moves and makes nothing", async () => {
    bench.change({ uploadConflict: "overwrite-if-newer", downloadConflict: "overwrite-if-newer" });
    const before = await hashTree(target());
    const batchId = await drop(direction, ["d"]);
    const plan = await complete(batchId);
    expect(actionsOf(batchId)).toEqual({
      d: "merge, folder-there",
      new: "create, new",
      older: "skip, not-newer",
      newer: "overwrite, rule",
      sub: "create, new",
      deep: "create, new",
      same: "skip, not-newer",
    });
    expect(plan.bytes).toBe("new".length + "newer".length + "deep".length);
    expect(plan.counts).toContainEqual({ action: "create", files: 2, folders: 1, bytes: 7 });
    expect(bench.summary()).toMatchObject({ queued: 0, running: 0, completed: 0, bytesRemaining: 0 });
    expect(await hashTree(target())).toEqual(before);
  });

  test("is what happens when it is started", async () => {
    const batchId = await drop(direction, ["d"]);
    await complete(batchId);
    await bench.queue.plans.choose(batchId, { ids: [idOf(batchId, "older")] }, "rename");
    await bench.queue.plans.choose(batchId, { ids: [idOf(batchId, "new")] }, "skip");
    expect(actionsOf(batchId)).toMatchObject({ older: "rename, choice", new: "skip, choice" });
    await bench.queue.plans.start(batchId);
    await bench.idle();
    expect(planOf(batchId)).toBeNull();
    const text = (name: string) => readFile(join(target(), "d", name), "utf8");
    expect(Object.keys(await hashTree(target())).sort()).toEqual(
      ["d", "d/newer", "d/older", "d/older (2)", "d/same", "d/sub", "d/sub/deep"].sort(),
    );
    expect([await text("newer"), await text("older"), await text("older (2)")]).toEqual(["newer", "other", "old"]);
    expect(bench.rows("completed").filter(({ skipped }) => skipped === "user")).toHaveLength(1);
  });

  test("does not hold for a file that has changed at the target since: the conflict rules decide", async () => {
    const batchId = await drop(direction, ["d"]);
    await complete(batchId);
    expect(actionsOf(batchId)).toMatchObject({ newer: "overwrite, rule" });
    await writeTree(target(), { "d/newer": "written meanwhile" });
    bench.change({ uploadConflict: "skip", downloadConflict: "skip" });
    await bench.queue.plans.start(batchId);
    await bench.idle();
    expect(await readFile(join(target(), "d/newer"), "utf8")).toBe("written meanwhile");
    expect(await readFile(join(target(), "d/older"), "utf8")).toBe("old"); // unchanged: done as planned, whatever the settings say now
  });

  test("is still a plan after a restart, and goes on being made", async () => {
    const batchId = await drop(direction, ["d"]);
    await bench.reopen();
    await complete(batchId);
    expect(Object.keys(actionsOf(batchId))).toHaveLength(7);
    expect(bench.summary()).toMatchObject({ queued: 0, running: 0 });
    await bench.reopen();
    expect(planOf(batchId)?.pending).toBe(0);
    await bench.queue.plans.start(batchId);
    await bench.idle();
    const { "d/same": _, ...moved } = await hashTree(source()); // of the same size and as new: it is skipped
    expect(await hashTree(target())).toMatchObject(moved);
    expect(bench.summary()).toMatchObject({ failed: 0, completed: 7 });
  });

  test("leaves nothing behind when it is discarded", async () => {
    const batchId = await drop(direction, ["d"]);
    await complete(batchId);
    const before = await hashTree(target());
    await bench.queue.plans.discard(batchId);
    expect(planOf(batchId)).toBeNull();
    expect(bench.rows("completed")).toEqual([]);
    expect(await hashTree(target())).toEqual(before);
  });
});
