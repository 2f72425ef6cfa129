import { mkdir, utimes } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PlanChoice, PlannedTransfer } from "../../../../shared/models/plan.ts";
import { type ConflictAction, conflictActionSchema } from "../../../../shared/models/prompt.ts";
import { hashTree, type QueueBench, setUpQueue, siteId, until, writeTree } from "../testing/queueBench.ts";

/** More seeds for a longer night: PORTSIDE_PLAN_SEEDS=1,2,3. A seed that fails fails again. */
const seeds = (process.env.PORTSIDE_PLAN_SEEDS ?? "1,2,3,4").split(",").map(Number);

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

describe.each(["upload", "download"] as const)("whatever lies on both sides, a plan (%s)", (direction) => {
  test.each(seeds)("foretells the tree that comes of it (seed %i)", async (seed) => {
    const random = seededRandom(seed);
    const [from, to] = direction === "upload" ? [bench.local, bench.remote] : [bench.remote, bench.local];
    await scatter(from, random);
    await scatter(to, random);
    const rule = pick(conflictActionSchema.options, random);
    const forSome: ConflictAction = pick(conflictActionSchema.options, random);
    bench.change({
      uploadConflict: rule,
      downloadConflict: rule,
      conflictRules: [{ ...anyFile, names: "*3*", action: forSome }],
    });
    const found = await bench.source(join(from, "d"));
    const source = direction === "upload" ? found : { ...found, path: "/d" };
    const targetPath = direction === "upload" ? "/" : bench.local;
    const { batchId } = bench.queue.add({ siteId, direction, sources: [source], targetPath, plansFirst: true });
    await until(() => planned(batchId).length > 0 && planned(batchId).every(({ action }) => action !== null));
    const files = planned(batchId).filter(({ kind }) => kind === "file");
    for (const choice of ["skip", "rename", "overwrite", "resume"] satisfies PlanChoice[]) {
      await bench.queue.plans.choose(batchId, { ids: [pick(files, random).id] }, choice);
    }

    const [sources, before] = [await hashTree(from), await hashTree(to)];
    const foretold = { ...before };
    for (const row of planned(batchId)) {
      const target = row.action === "rename" ? join(row.targetPath, "..", row.newName ?? "") : row.targetPath;
      const moves = row.action !== "skip" && row.action !== "fail" && row.action !== "ask" && row.action !== "merge";
      if (moves)
        foretold[below(to, target, direction === "upload")] =
          sources[below(from, row.sourcePath, direction !== "upload")] ?? "gone";
    }
    await bench.queue.plans.start(batchId);
    await bench.idle();
    expect(await hashTree(to)).toEqual(foretold);
    const asked = planned(batchId).filter(({ action }) => action === "ask").length;
    expect(bench.summary().waiting).toBe(asked);
  });
});

const anyFile = {
  id: "r1",
  ...{ direction: null, siteId: null, minBytes: null, maxBytes: null, olderThanDays: null, newerThanDays: null },
} as const;

/** Some of the same paths, with contents and times that agree now and then; here and there a folder where a file is elsewhere. */
async function scatter(root: string, random: () => number): Promise<void> {
  await mkdir(join(root, "d"));
  for (let index = 0; index < 40; index++) {
    if (random() < 0.35) continue;
    const path = `d/${["", "a/", "a/b/", "c/"][index % 4]}f${index}.txt`;
    if (random() < 0.05) await mkdir(join(root, path), { recursive: true });
    else {
      await writeTree(root, { [path]: "x".repeat(1 + Math.floor(random() * 3) * 5) + (random() < 0.3 ? "y" : "") });
      const atSeconds = 1_700_000_000 + Math.floor(random() * 3) * 3_600;
      await utimes(join(root, path), atSeconds, atSeconds);
    }
  }
}

function planned(batchId: number): PlannedTransfer[] {
  let rows: PlannedTransfer[] = [];
  bench.queue.watchPlanWindow({ batchId, part: "all", offset: 0, limit: 500 }, (window) => {
    rows = window.rows;
  })();
  return rows;
}

/** A path of a plan as the tree of its side names it. */
function below(root: string, path: string, isRemote: boolean): string {
  return isRemote ? path.replace(/^\//, "") : relative(root, path);
}

function pick<T>(all: readonly T[], random: () => number): T {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}

/** Park–Miller: the same trees for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
