import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
  await writeTree(bench.local, { "a.bin": big });
  await writeTree(bench.remote, { "there.txt": "a folder that shows its files" });
});
afterEach(() => bench.end());

const big = randomBytes(400_000);
const arrived = () => readFile(join(bench.remote, "a.bin"));
const names = async () => (await readdir(bench.remote)).sort();
const uploads = () => bench.server.journal.filter((line) => line.startsWith("upload "));
const temporary = /^upload \/\.a\.bin\.[0-9a-f]{8}\.part 0$/;

test("nobody meets half of a large upload", async () => {
  const seen = new Set<string>();
  bench.server.chunkBytes = 20_000;
  bench.server.delayMs = 1;
  bench.server.onMoved = async () => {
    for (const name of await names()) seen.add(name);
  };
  await bench.upload(["a.bin"]);
  await bench.idle();
  expect((await arrived()).equals(big)).toBe(true);
  expect(uploads()).toEqual([expect.stringMatching(temporary)]);
  expect([...seen].some((name) => name.endsWith(".part"))).toBe(true);
  expect(seen.has("a.bin")).toBe(false);
  expect(await names()).toEqual(["a.bin", "there.txt"]);
});

test("the old file stays until the new one is complete, and the server's way is remembered", async () => {
  await writeTree(bench.remote, { "a.bin": "old" });
  bench.change({ uploadConflict: "overwrite" });
  bench.server.onMoved = async () => expect(String(await arrived())).toBe("old");
  await bench.upload(["a.bin"]);
  await bench.idle();
  expect((await arrived()).equals(big)).toBe(true);
  expect(bench.renamesOver).toBe("replaces");
});

test("a server that does not rename onto a file has the old one removed at the end", async () => {
  bench.server.renames = "to free names";
  await writeTree(bench.remote, { "a.bin": "old" });
  bench.change({ uploadConflict: "overwrite" });
  await bench.upload(["a.bin"]);
  await bench.idle();
  expect((await arrived()).equals(big)).toBe(true);
  expect(bench.renamesOver).toBe("refused");
  expect(uploads()).toHaveLength(1);
  expect(await names()).toEqual(["a.bin", "there.txt"]);
});

test("where nothing can be renamed the file is sent directly, and the folder is not tried again", async () => {
  bench.server.renames = "never";
  await writeTree(bench.local, { "b.bin": big });
  bench.change({ maxTransfers: 1 });
  await bench.upload(["a.bin", "b.bin"]);
  await bench.idle();
  expect(uploads().map((line) => line.replace(/\.[0-9a-f]{8}\./, ".x."))).toEqual([
    "upload /.a.bin.x.part 0",
    "upload /a.bin 0",
    "upload /b.bin 0",
  ]);
  expect(await names()).toEqual(["a.bin", "b.bin", "there.txt"]);
  expect(bench.said.join()).toContain("The file is sent directly");
});

test("a folder that shows nothing may be a drop-off: it gets the file by its name", async () => {
  bench.server.refusals.push({ operation: "list", path: "/", kind: "permission-denied" });
  await bench.upload(["a.bin"]);
  await bench.idle();
  expect(uploads()).toEqual(["upload /a.bin 0"]);
});

test("a small new file, and a site that does not want it, go directly", async () => {
  await writeTree(bench.local, { "s.txt": "small" });
  await bench.upload(["s.txt"]);
  await bench.idle();
  bench.wishes.uploadsUnderTemporaryName = "never";
  await bench.upload(["a.bin"]);
  await bench.idle();
  expect(uploads()).toEqual(["upload /s.txt 0", "upload /a.bin 0"]);
});

test("what broke is gone on with under the same name", async () => {
  bench.server.chunkBytes = 20_000;
  bench.server.delayMs = 2;
  await bench.upload(["a.bin"]);
  await until(() => movedBytes() > 150_000);
  await bench.reopen();
  bench.server.delayMs = 0;
  await bench.idle();
  expect((await arrived()).equals(big)).toBe(true);
  expect(new Set(uploads().map((line) => line.split(" ")[1])).size).toBe(1);
  expect(uploads()).toHaveLength(2);
  expect(await names()).toEqual(["a.bin", "there.txt"]);
});

test.each(["cancel", "remove"] as const)("%s takes it off the server", async (action) => {
  bench.server.chunkBytes = 20_000;
  bench.server.delayMs = 2;
  await bench.upload(["a.bin"]);
  await until(() => movedBytes() > 100_000);
  await bench.queue[action]({ filter: "queued" });
  await until(() => bench.server.journal.some((line) => line.startsWith("removeFile")));
  await until(() => bench.leases.now === 0);
  expect(await names()).toEqual(["there.txt"]);
});

test("what has appeared at the name meanwhile is for the rule to decide about, and nothing is sent again", async () => {
  bench.server.chunkBytes = 20_000;
  bench.server.delayMs = 2;
  await bench.upload(["a.bin"]);
  await until(() => movedBytes() > 150_000);
  await bench.queue.pause({ filter: "queued" });
  await writeTree(bench.remote, { "a.bin": "somebody else's" });
  await bench.reopen(); // what was known of the folder is old
  await bench.queue.resume({ filter: "queued" });
  await until(() => bench.asked.length === 1);
  expect(String(await arrived())).toBe("somebody else's");
  const sent = uploads().length;
  bench.asked[0]?.answer({ kind: "conflict", action: "overwrite", scope: "this" });
  await until(() => bench.summary().completed === 1);
  expect((await arrived()).equals(big)).toBe(true);
  expect(uploads()).toHaveLength(sent);
  expect(await names()).toEqual(["a.bin", "there.txt"]);
});

function movedBytes(): number {
  return [...bench.server.moved.values()].reduce((sum, bytes) => sum + bytes, 0);
}
