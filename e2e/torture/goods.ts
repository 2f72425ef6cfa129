import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { TestEngine } from "../support/engine.ts";
import { writeTree } from "../support/trees.ts";
import { expectSameTree } from "./judge.ts";

/** Files to go up and files to come down, half of them each way. */
export type Goods = { readonly transfers: number; readonly maxBytes: number; readonly seed: number };

/** "up" in the engine's home, "down" on the server. */
export async function layOutGoods(
  home: string,
  serverRoot: string,
  { transfers, maxBytes, seed }: Goods,
): Promise<void> {
  const plan = { files: Math.floor(transfers / 2), folders: 6, minBytes: 0, maxBytes, seed };
  await writeTree(join(home, "up"), plan);
  await writeTree(join(serverRoot, "down"), { ...plan, seed: seed + 1 });
}

/** Drops both: "up" onto the server's top, "down" into a local folder. */
export async function dropGoods(engine: TestEngine, connectionId: string, into: string): Promise<void> {
  const { sources } = await engine.call("local.describe", { paths: [join(engine.home, "up")] });
  await engine.call("queue.add", { direction: "upload", connectionId, sources, targetPath: "/" });
  const down = { path: "/down", name: "down", type: "directory" as const, size: null, modifiedMs: null };
  await engine.call("queue.add", { direction: "download", connectionId, sources: [down], targetPath: into });
}

/** Every byte on both sides, and one transfer done for each entry. Resolves to their number; throws when something is amiss. */
export async function expectArrived(
  home: string,
  serverRoot: string,
  into: string,
  completed: number,
): Promise<number> {
  await expectSameTree(join(home, "up"), join(serverRoot, "up"), "uploaded");
  await expectSameTree(join(serverRoot, "down"), join(into, "down"), "downloaded");
  const rows = (await countEntries(join(home, "up"))) + (await countEntries(join(serverRoot, "down"))) + 2;
  if (completed !== rows) throw new Error(`${completed} transfers are done, ${rows} were dropped`);
  return rows;
}

/** Files and folders below a folder. */
export async function countEntries(root: string): Promise<number> {
  return (await readdir(root, { recursive: true })).length;
}
