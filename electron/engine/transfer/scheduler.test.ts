import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { automaticTransfers } from "../../../shared/models/settings.ts";
import { hashTree, type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

describe("what runs at once", () => {
  test("never more than the settings say, and a change counts from then on", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `f${index}`);
    await writeTree(bench.local, Object.fromEntries(names.map((name) => [name, Buffer.alloc(40_000)])));
    bench.server.chunkBytes = 10_000;
    bench.server.delayMs = 3;
    bench.change({ maxTransfers: 3 });
    await bench.upload(names);
    await until(() => bench.summary().completed > 6);
    expect(bench.leases.most).toBe(3);
    bench.change({ maxTransfers: 8 });
    await bench.idle();
    expect(bench.leases.most).toBe(8);
    expect(bench.leases.now).toBe(0);
  });

  test("where nobody says how many, a refused session makes them fewer", async () => {
    const names = Array.from({ length: 60 }, (_, index) => `f${index}`);
    await writeTree(bench.local, Object.fromEntries(names.map((name) => [name, name])));
    bench.leaseError = new AppError("too-many-connections", "enough");
    bench.change({ maxTransfers: automaticTransfers, maxRetries: 99 });
    await bench.upload(names);
    await until(() => bench.log.length >= 4);
    bench.leaseError = null;
    await bench.idle();
    expect(bench.summary()).toMatchObject({ completed: 60, failed: 0 });
    expect(bench.leases.most).toBe(2);
    expect(bench.leases.now).toBe(0);
  });

  test("two transfers to one target do not write into each other", async () => {
    await writeTree(bench.remote, { "one/a.bin": Buffer.alloc(300_000, "1"), "two/a.bin": Buffer.alloc(300_000, "2") });
    bench.server.chunkBytes = 10_000;
    bench.server.delayMs = 1;
    bench.change({ downloadConflict: "overwrite", maxTransfers: 4 });
    const sources = await Promise.all(
      ["one", "two"].map((folder) => bench.source(join(bench.remote, folder, "a.bin"))),
    );
    for (const [index, folder] of ["one", "two"].entries()) {
      const found = sources[index];
      if (found === undefined) throw new Error("two sources");
      const path = `/${folder}/a.bin`;
      bench.queue.add({ siteId: "s", direction: "download", sources: [{ ...found, path }], targetPath: bench.local });
    }
    await bench.idle();
    expect(bench.leases.most).toBe(1);
    expect(await readFile(join(bench.local, "a.bin"), "utf8")).toBe("2".repeat(300_000));
    expect(await readdir(bench.local)).toEqual(["a.bin"]);
  });

  test("sites take turns", async () => {
    await writeTree(bench.local, Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`f${index}`, "x"])));
    bench.change({ maxTransfers: 1 });
    await bench.queue.setProcessing(false);
    const sources = await Promise.all(
      Array.from({ length: 5 }, (_, index) => bench.source(join(bench.local, `f${index}`))),
    );
    bench.queue.add({ siteId: "one", direction: "upload", sources, targetPath: "/" });
    const others = await Promise.all([5, 6].map((index) => bench.source(join(bench.local, `f${index}`))));
    bench.queue.add({ siteId: "two", direction: "upload", sources: others, targetPath: "/" });
    await bench.queue.setProcessing(true);
    await bench.idle();
    const order = bench.server.journal.filter((line) => line.startsWith("upload")).map((line) => line.split(" ")[1]);
    expect(order).toEqual(["/f0", "/f5", "/f1", "/f6", "/f2", "/f3", "/f4"]);
  });
});

test("the end of the queue is told once, however many transfers end together", async () => {
  const names = Array.from({ length: 8 }, (_, index) => `f${index}`);
  await writeTree(bench.local, Object.fromEntries(names.map((name) => [name, name])));
  const { promise: loggedIn, resolve: logIn } = Promise.withResolvers<void>();
  bench.login = () => loggedIn;
  bench.change({ maxTransfers: 8 });
  await bench.upload(names);
  logIn();
  await bench.idle();
  await until(() => bench.ends.count > 0);
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  expect(bench.ends.count).toBe(1);
});

describe("when the queue's own file cannot be written", () => {
  test.each([
    ["a row", "BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ABORT, 'disk full'); END", "disk full"],
    // SQLite ends the transaction itself when the disk is full.
    ["the transaction", "BEFORE UPDATE ON transfers BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END", "disk full"],
    // A debt that nobody pays fails nothing but the commit.
    [
      "the commit",
      "AFTER UPDATE ON transfers BEGIN INSERT INTO debts VALUES (1); END",
      "FOREIGN KEY constraint failed",
    ],
  ])("%s fails: it says so, begins nothing, and goes on by itself", async (_, trigger, reason) => {
    await writeTree(bench.local, { a: "a" });
    await bench.queue.setProcessing(false);
    await bench.upload(["a"]);
    const lock = new DatabaseSync(bench.file);
    lock.exec("CREATE TABLE owners (id INTEGER PRIMARY KEY)");
    lock.exec("CREATE TABLE debts (owner INTEGER REFERENCES owners DEFERRABLE INITIALLY DEFERRED)");
    lock.exec(`CREATE TRIGGER full ${trigger}`);
    await bench.queue.setProcessing(true);
    expect(bench.log).toEqual([`The queue cannot be written to disk: ${reason}`]);
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate); // time to ask for a session
    expect(bench.server.journal).toEqual([]);
    expect(bench.leases.most).toBe(0);
    lock.exec("DROP TRIGGER full");
    lock.close();
    await bench.queue.resume({ filter: "queued" });
    await bench.idle();
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
  });
});
