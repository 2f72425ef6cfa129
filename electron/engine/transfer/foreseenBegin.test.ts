import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { hashTree, type QueueBench, setUpQueue, until, untilDiskIsUp, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
  await untilDiskIsUp(bench);
});
afterEach(() => bench.end());

function readRows(columns: string): unknown[] {
  const db = new DatabaseSync(bench.file, { readOnly: true });
  try {
    return db.prepare(`SELECT ${columns} FROM transfers WHERE kind = 'file' ORDER BY id`).all();
  } finally {
    db.close();
  }
}

/** Stops the queue where the folder has been made and its first files have been claimed: no session is to be had for them. */
async function stopAtClaims(direction: "upload" | "download"): Promise<void> {
  const side = direction === "upload" ? bench.local : bench.remote;
  await writeTree(side, { "folder/a": "a", "folder/b": "bb", "folder/c": "ccc" });
  const isFound = Promise.withResolvers<void>();
  bench.login = async () => {
    const isExpanded = readRows("id").length > 0;
    if (isExpanded) await isFound.promise;
  };
  if (direction === "upload") await bench.upload(["folder"]);
  else await bench.download(["folder"]);
  await until(() => readRows("state").length === 3);
  await until(() => bench.summary().running >= 2);
  expect(readRows("begun, state")).toContainEqual({ begun: "fresh", state: "running" });
  bench.login = async () => {};
  bench.leaseError = new AppError("service-unavailable", "not now");
  isFound.reject(bench.leaseError);
}

describe.each(["upload", "download"] as const)("what is foreseen of a new small file, %s", (direction) => {
  test("is taken back when the try ends before its first byte, and the next try begins as if there had been none", async () => {
    await stopAtClaims(direction);
    await until(() => bench.summary().running === 0);
    const rows = readRows("begun, part_name AS partName");
    expect(rows).toEqual(rows.map(() => ({ begun: "no", partName: null })));
    bench.leaseError = null;
    bench.queue.tryNow();
    await bench.idle();
    const sides = [bench.local, bench.remote].map((side) => hashTree(join(side, "folder")));
    const [ours, theirs] = await Promise.all(sides);
    expect(ours).toEqual(theirs);
  });

  test("is what has happened in the end", async () => {
    const side = direction === "upload" ? bench.local : bench.remote;
    await writeTree(side, { "folder/a": "a", "folder/b": "bb", "folder/c": "ccc" });
    if (direction === "upload") await bench.upload(["folder"]);
    else await bench.download(["folder"]);
    await bench.idle();
    expect(readRows("state, part_name AS partName, begun_size AS size")).toEqual(
      [1, 2, 3].map((size) => ({ state: "done", partName: null, size })),
    );
    expect(await hashTree(bench.local)).toEqual(await hashTree(bench.remote));
  });
});
