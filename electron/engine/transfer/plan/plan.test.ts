import { mkdir, readFile, symlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Plan, PlanHead, PlannedTransfer, PlanPart } from "../../../../shared/models/plan.ts";
import { hashTree, type QueueBench, setUpQueue, siteId, until, writeTree } from "../testing/queueBench.ts";
import { planOfDrop } from "./plans.ts";

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

describe("a plan tells", () => {
  test("of names that this computer would take for one, or writes otherwise", async () => {
    await writeTree(bench.remote, { "d/a\u0001b.txt": "control", "d/plain.txt": "plain" });
    const batchId = await drop("download", ["d"]);
    expect((await complete(batchId)).names).toBe(1);
    expect(rowsOf(batchId, "names")).toMatchObject([{ note: "mapped", targetPath: join(bench.local, "d/a␁b.txt") }]);
  });

  test("of names that a Windows server takes for one, or may refuse", async () => {
    bench.server.system = "Windows_NT";
    await writeTree(bench.local, { "d/README": "1", "d/Readme": "2", "d/menu: spring": "3", "d/notes": "4" });
    await writeTree(bench.remote, { "d/NOTES": "there" });
    const batchId = await drop("upload", ["d"]);
    await complete(batchId);
    const notes = rowsOf(batchId, "names").map(({ targetPath, note }) => `${targetPath}: ${note}`);
    expect(notes.sort()).toEqual(["/d/Readme (2): clash", "/d/menu: spring: windows", "/d/notes: look-alike"]);
  });

  test("of links to folders and pipes, of files that are gone, and of folders in the way", async () => {
    await writeTree(bench.local, { "d/real": "text", "elsewhere/x": "x", "d/taken": "t" });
    await symlink(join(bench.local, "d/real"), join(bench.local, "d/link"));
    await symlink(join(bench.local, "elsewhere"), join(bench.local, "d/away"));
    await symlink(join(bench.local, "nowhere"), join(bench.local, "d/dangling"));
    await mkdir(join(bench.remote, "d/taken"), { recursive: true });
    const batchId = await drop("upload", ["d"]);
    await complete(batchId);
    expect(actionsOf(batchId)).toEqual({
      d: "merge, folder-there",
      real: "create, new",
      link: "create, new",
      away: "skip, folder-link",
      dangling: "fail, error",
      taken: "fail, folder-in-the-way",
    });
    expect(rowsOf(batchId, "fail").map(({ errorKind }) => errorKind)).toContain("local-not-found");
  });

  test("by which rule a file is skipped", async () => {
    await writeTree(bench.local, { "a.tmp": "new" });
    await writeTree(bench.remote, { "a.tmp": "old" });
    bench.change({ conflictRules: [{ ...anyFile, names: "*.tmp", action: "skip" }] });
    const batchId = await drop("upload", ["a.tmp"]);
    await complete(batchId);
    expect(rowsOf(batchId)).toMatchObject([{ action: "skip", reason: "rule", rule: "*.tmp" }]);
    await bench.queue.plans.start(batchId);
    await bench.idle();
    expect(bench.rows("completed")).toMatchObject([{ skipped: "user", skippedBy: "*.tmp" }]);
  });

  test("that a folder cannot be read, and plans the rest", async () => {
    await writeTree(bench.remote, { "d/closed/x": "x", "d/open/y": "y" });
    bench.server.refusals.push({ operation: "list", path: "/d/closed", kind: "permission-denied" });
    const batchId = await drop("download", ["d"]);
    await complete(batchId);
    expect(actionsOf(batchId)).toMatchObject({ closed: "fail, error", y: "create, new" });
    expect(rowsOf(batchId, "fail")).toMatchObject([{ errorKind: "permission-denied" }]);
  });

  test("that a target folder cannot be seen, and leaves it to the moment", async () => {
    await writeTree(bench.local, { "d/a": "a" });
    await mkdir(join(bench.remote, "d"));
    bench.server.refusals.push({ operation: "list", path: "/d", kind: "permission-denied" });
    const batchId = await drop("upload", ["d"]);
    await complete(batchId);
    expect(actionsOf(batchId)).toMatchObject({ a: "ask, unreadable-target" });
  });

  test("how long it will take once something has been transferred", async () => {
    await writeTree(bench.local, { a: "a".repeat(5_000), b: "b" });
    expect((await complete(await drop("upload", ["a"]))).timeMs).toBeNull();
    await bench.upload(["b"]);
    await bench.idle();
    expect((await complete(await drop("upload", ["a"]))).timeMs).toBeGreaterThanOrEqual(0);
  });

  test("how much room there is on this computer, and that the server does not tell", async () => {
    await writeTree(bench.local, { a: "a" });
    const batchId = await drop("upload", ["a"]);
    await until(() => planOf(batchId)?.free.local !== null);
    expect(planOf(batchId)?.free).toEqual({ local: expect.any(Number), remote: null });
  });
});

const anyFile = {
  id: "r1",
  ...{
    names: "",
    direction: null,
    siteId: null,
    minBytes: null,
    maxBytes: null,
    olderThanDays: null,
    newerThanDays: null,
  },
} as const;

describe("a server that cannot be reached", () => {
  test("is waited for, and the plan says so", async () => {
    await writeTree(bench.remote, { "d/a": "a" });
    bench.leaseError = new AppError("connection-refused", "connect ECONNREFUSED");
    const batchId = await drop("download", ["d"]);
    await until(() => planOf(batchId)?.trouble?.kind === "connection-refused");
    bench.leaseError = null;
    await bench.reopen(); // instead of the five seconds until the next try
    expect(await complete(batchId)).toMatchObject({ trouble: null });
  });

  test("lets a plan be started all the same: what was not looked at goes by the rules", async () => {
    await writeTree(bench.remote, { "d/a": "a", "d/s/b": "b" });
    bench.leaseError = new AppError("connection-refused", "connect ECONNREFUSED");
    const batchId = await drop("download", ["d"]);
    await until(() => planOf(batchId)?.trouble !== null);
    bench.leaseError = null;
    await bench.queue.plans.start(batchId);
    await bench.idle();
    expect(await hashTree(bench.local)).toEqual(await hashTree(bench.remote));
  });
});

describe("what the user decides in a plan", () => {
  test("about a folder holds for all below it", async () => {
    await writeTree(bench.local, { "d/keep": "k", "d/node/deep/x": "x", "d/node/y": "y" });
    const batchId = await drop("upload", ["d"]);
    await complete(batchId);
    await bench.queue.plans.choose(batchId, { ids: [idOf(batchId, "node")] }, "skip");
    await bench.queue.plans.start(batchId);
    await bench.idle();
    expect(Object.keys(await hashTree(bench.remote)).sort()).toEqual(["d", "d/keep"]);
  });

  test("about one file in a skipped folder brings the folder", async () => {
    await writeTree(bench.local, { "d/keep": "k", "d/node/deep/x": "x", "d/node/y": "y" });
    const batchId = await drop("upload", ["d"]);
    await complete(batchId);
    await bench.queue.plans.choose(batchId, { ids: [idOf(batchId, "node")] }, "skip");
    await bench.queue.plans.choose(batchId, { ids: [idOf(batchId, "x")] }, "as-planned");
    await bench.queue.plans.start(batchId);
    await bench.idle();
    expect(Object.keys(await hashTree(bench.remote)).sort()).toEqual(
      ["d", "d/keep", "d/node", "d/node/deep", "d/node/deep/x"].sort(),
    );
  });

  test("holds for every row of a part, also of those that leave it by that", async () => {
    await writeTree(bench.local, Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`d/f${index}`, "new"])));
    await writeTree(bench.remote, Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`d/f${index}`, "old"])));
    bench.change({ uploadConflict: "overwrite" });
    const batchId = await drop("upload", ["d"]);
    await complete(batchId);
    await bench.queue.plans.choose(batchId, { part: "overwrite" }, "skip");
    expect(planOf(batchId)?.counts).toContainEqual({ action: "skip", files: 30, folders: 0, bytes: 0 });
    expect(rowsOf(batchId, "overwrite")).toEqual([]);
  });
});

describe.each(["upload", "download"] as const)("files of a planned %s that begin before their folder", (direction) => {
  test("make it themselves", async () => {
    const [from, to] = direction === "upload" ? [bench.local, bench.remote] : [bench.remote, bench.local];
    await writeTree(from, { "d/a/b/c/x": "x", "d/a/b/c/y": "y", "d/a/z": "z" });
    const batchId = await drop(direction, ["d"]);
    await complete(batchId);
    await bench.queue.setProcessing(false);
    await bench.queue.plans.start(batchId);
    const folders = bench.rows("queued").filter(({ kind }) => kind === "folder");
    await bench.queue.pause({ ids: folders.map(({ id }) => id) });
    await bench.queue.setProcessing(true);
    await bench.idle();
    expect(bench.rows("failed")).toEqual([]);
    expect(await hashTree(to)).toEqual(await hashTree(from));
    await bench.queue.resume({ batchId });
    await bench.idle();
    expect(bench.summary()).toMatchObject({ failed: 0, queued: 0, completed: 7 });
  });
});

describe("starting a plan", () => {
  test("goes on where Portside was killed in the middle of it", async () => {
    await writeTree(bench.local, { "d/a": "a", "d/b": "b" });
    const batchId = await drop("upload", ["d"]);
    await complete(batchId);
    await bench.reopen(() => {
      const db = new DatabaseSync(bench.file);
      db.exec("UPDATE batches SET plan = 'starting'; UPDATE transfers SET state = 'queued' WHERE kind = 'folder'");
      db.close();
    });
    await bench.idle();
    await until(() => bench.summary().completed === 3);
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
  });

  test("of a paused site waits with it", async () => {
    await writeTree(bench.local, { a: "a" });
    const batchId = await drop("upload", ["a"]);
    await complete(batchId);
    await bench.queue.pause({ siteId });
    await bench.queue.plans.start(batchId);
    expect(bench.rows("queued")).toMatchObject([{ state: "paused" }]);
  });

  test("gives staged sources back that nobody wants", async () => {
    await writeTree(bench.local, { a: "a", b: "b" });
    const batchId = await drop("upload", ["a", "b"]);
    await complete(batchId);
    await bench.queue.plans.choose(batchId, { ids: [idOf(batchId, "a")] }, "skip");
    await bench.queue.plans.start(batchId);
    await bench.idle();
    expect(bench.sourcesDone.sort()).toEqual([join(bench.local, "a"), join(bench.local, "b")]);
  });
});

describe("drops of more files than the settings let pass", () => {
  beforeEach(() => bench.change({ planAboveFiles: 3 }));

  test("wait as a plan", async () => {
    await writeTree(bench.local, { "d/1": "", "d/2": "", "d/3": "", "d/s/4": "" });
    const batchId = await drop("upload", ["d"], {});
    await until(() => heads().some((head) => head.batchId === batchId && head.isWaiting));
    expect(await hashTree(bench.remote)).toEqual({});
  });

  test("smaller ones start by themselves", async () => {
    await writeTree(bench.local, { "d/1": "1", "d/2": "2", "d/s/3": "3" });
    const batchId = await drop("upload", ["d"], {});
    await until(() => bench.summary().completed === 5);
    expect(planOf(batchId)).toBeNull();
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
  });

  test("single files are not looked at first, and many at once need no counting", () => {
    const file = { type: "file" } as const;
    expect(planOfDrop([file, file, file], undefined, 3)).toBeNull();
    expect(planOfDrop([file, file, file, file], undefined, 3)).toBe("asked");
    expect(planOfDrop([file, file, file, file], false, 3)).toBeNull();
    expect(planOfDrop([file], true, 0)).toBe("asked");
    expect(planOfDrop([{ type: "directory" }], undefined, 0)).toBeNull();
  });
});

function heads() {
  let plans: readonly PlanHead[] = [];
  bench.queue.watchHolds((holds) => {
    plans = holds.plans;
  })();
  return plans;
}

test("a plan that is cancelled as a drop is none any more", async () => {
  await writeTree(bench.local, { a: "a" });
  const batchId = await drop("upload", ["a"]);
  await complete(batchId);
  await bench.queue.cancel({ batchId });
  expect(planOf(batchId)).toBeNull();
  expect(heads()).toEqual([]);
});
