import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rm, symlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import type { ProgressBatch } from "../../../shared/models/transfer.ts";
import { hashTree, type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

const big = randomBytes(1_000_000);
const moved = (path: string) => bench.server.moved.get(path) ?? 0;

describe.each(["upload", "download"] as const)("%s of a big file", (direction) => {
  const side = () => (direction === "upload" ? bench.local : bench.remote);
  const other = () => (direction === "upload" ? bench.remote : bench.local);
  const arrived = () => readFile(join(other(), "big.bin"));
  beforeEach(async () => {
    await writeTree(side(), { "big.bin": big });
    bench.server.chunkBytes = 20_000;
  });

  test("goes on where the connection broke, without asking", async () => {
    bench.server.drops.push({ path: "/big.bin", afterBytes: 300_000 }, { path: "/big.bin", afterBytes: 150_000 });
    await bench[direction](["big.bin"]);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length);
    expect(bench.asked).toEqual([]);
    expect(await readdir(other())).toEqual(["big.bin"]);
  });

  test("breaking again and again is no failure while bytes move", async () => {
    for (let index = 0; index < 9; index++) bench.server.drops.push({ path: "/big.bin", afterBytes: 100_000 });
    await bench[direction](["big.bin"]);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
  });

  test("pause stops the bytes, resume fetches the rest alone", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.queue.pause({ filter: "queued" });
    const atPause = moved("/big.bin");
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(moved("/big.bin")).toBe(atPause);
    expect(bench.leases.now).toBe(0);
    expect(bench.rows("queued")).toMatchObject([{ state: "paused", bytesDone: atPause }]);

    await bench.queue.resume({ filter: "queued" });
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length);
  });

  test("stopping the queue returns it to the queue, and that outlives a restart", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.queue.setProcessing(false);
    expect(bench.rows("queued")).toMatchObject([{ state: "queued" }]);
    await bench.reopen();
    const stopped = moved("/big.bin");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(bench.summary()).toMatchObject({ isProcessing: false, queued: 1, running: 0 });
    expect(moved("/big.bin")).toBe(stopped);
    await bench.queue.setProcessing(true);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length);
  });

  test("closing leaves it queued, opening again goes on", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.reopen();
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length);
  });

  test("a source that has changed since is moved from the start", async () => {
    bench.server.drops.push({ path: "/big.bin", afterBytes: 300_000 });
    bench.change({ retryDelayMs: 100 });
    await bench[direction](["big.bin"]);
    await until(() => bench.rows("queued")[0]?.state === "backoff");
    const other = randomBytes(900_000);
    await writeTree(side(), { "big.bin": other });
    await utimes(join(side(), "big.bin"), 1_500_000_000, 1_500_000_000);
    await bench.idle();
    expect((await arrived()).equals(other)).toBe(true);
  });

  test("a server that cannot begin in the middle gets it whole again", async () => {
    bench.server.can = { resumeDownload: false, resumeUpload: false, setModified: true };
    bench.server.drops.push({ path: "/big.bin", afterBytes: 300_000 });
    await bench[direction](["big.bin"]);
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(moved("/big.bin")).toBe(big.length + 300_000);
  });

  test("cancelled and retried, it is done in the end", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.queue.cancel({ filter: "queued" });
    expect(bench.rows("completed")).toMatchObject([{ state: "cancelled" }]);
    expect(bench.leases.now).toBe(0);
    if (direction === "download") expect(await readdir(bench.local)).toEqual([]);
    bench.server.delayMs = 0;
    await bench.queue.retry({ filter: "completed" });
    await bench.idle();
    expect((await arrived()).equals(big)).toBe(true);
    expect(bench.asked).toEqual([]);
  });

  test("removing it while it runs stops it and leaves no unfinished download", async () => {
    bench.server.delayMs = 2;
    await bench[direction](["big.bin"]);
    await until(() => moved("/big.bin") > 200_000);
    await bench.queue.remove({ filter: "queued" });
    expect(bench.rows("queued")).toEqual([]);
    expect(bench.rows("completed")).toEqual([]);
    if (direction === "download") expect(await readdir(bench.local)).toEqual([]);
  });

  test("its progress moves, with speed, and ends with a batch that says nothing runs", async () => {
    const batches: ProgressBatch[] = [];
    const stop = bench.queue.watchProgress((batch) => batches.push(batch));
    bench.server.delayMs = 8;
    await bench[direction](["big.bin"]);
    await bench.idle();
    await until(() => batches.length > 2 && batches.at(-1)?.transfers.length === 0);
    stop();
    const seen = batches.flatMap(({ transfers }) => transfers.map(({ bytesDone }) => bytesDone));
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(seen.some((bytes) => bytes > 0 && bytes < big.length)).toBe(true);
    const running = batches.find(({ transfers }) => (transfers[0]?.bytesDone ?? 0) > 0);
    expect(running?.total.bytesPerSecond).toBeGreaterThan(1000);
    expect(running?.total.bytesRemaining).toBe(big.length - (running?.transfers[0]?.bytesDone ?? 0));
    expect(batches.at(-1)?.total).toMatchObject({ bytesPerSecond: 0, bytesRemaining: 0 });
  });
});

describe("failures", () => {
  test("what trying again cannot mend fails at once, in the server's own words", async () => {
    await writeTree(bench.local, { "a.txt": "a", "b.txt": "b" });
    bench.server.refusals.push({ operation: "upload", path: "/a.txt", kind: "permission-denied" });
    await bench.upload(["a.txt", "b.txt"]);
    await bench.idle();
    expect(bench.rows("failed")).toMatchObject([
      { state: "failed", errorKind: "permission-denied", errorText: "550 no upload", attempts: 1 },
    ]);
    expect(bench.log).toEqual(["/a.txt: 550 no upload"]);

    bench.server.refusals.length = 0;
    await bench.queue.retry({ filter: "failed" });
    await bench.idle();
    expect(bench.rows("failed")).toEqual([]);
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
  });

  test("what may pass is tried twice more, then fails with its reason", async () => {
    await writeTree(bench.remote, { "a.txt": "a" });
    bench.server.refusals.push({ operation: "download", path: "/a.txt", kind: "busy" });
    await bench.download(["a.txt"]);
    await until(() => bench.rows("queued")[0]?.state === "backoff");
    expect(bench.rows("queued")).toMatchObject([{ errorKind: "busy", attempts: 1, retryAtMs: expect.any(Number) }]);
    await bench.idle();
    expect(bench.rows("failed")).toMatchObject([{ errorKind: "busy", attempts: 3 }]);
    expect(bench.server.journal.filter((line) => line.startsWith("download"))).toHaveLength(3);
  });

  test("a rejected login fails every transfer of the site with one try, and all go after it is mended", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `f${index}`);
    await writeTree(bench.local, Object.fromEntries(names.map((name) => [name, name])));
    bench.leaseError = new AppError("login-rejected", "no", { reply: { code: 530, text: "Login incorrect." } });
    bench.change({ maxTransfers: 1 });
    await bench.upload(names);
    await bench.idle();
    expect(bench.summary()).toMatchObject({ failed: 30, queued: 0 });
    expect(bench.rows("failed")[7]).toMatchObject({ errorKind: "login-rejected", errorText: "530 Login incorrect." });
    expect(bench.log).toHaveLength(1);

    bench.leaseError = null;
    await bench.queue.retry({ filter: "failed" });
    await bench.idle();
    expect(bench.summary()).toMatchObject({ failed: 0, completed: 30 });
  });

  test("a site that cannot be reached rests between tries instead of burning through the queue", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `f${index}`);
    await writeTree(bench.local, Object.fromEntries(names.map((name) => [name, name])));
    bench.leaseError = new AppError("connection-refused", "refused");
    bench.change({ maxTransfers: 2, retryDelayMs: 300 });
    await bench.upload(names);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(bench.log).toHaveLength(2);
    expect(bench.summary()).toMatchObject({ queued: 10, failed: 0 });
    bench.leaseError = null;
    await bench.idle();
    expect(bench.summary()).toMatchObject({ completed: 10, failed: 0 });
  });

  test("a source that is gone, a source that may not be read, a target folder that may not be written", async () => {
    await writeTree(bench.local, { "gone.txt": "x" });
    await bench.queue.setProcessing(false);
    await bench.upload(["gone.txt"]);
    await rm(join(bench.local, "gone.txt"));
    await writeTree(bench.remote, { "a.txt": "a" });
    await bench.download(["a.txt"], join(bench.local, "missing"));
    await bench.queue.setProcessing(true);
    await bench.idle();
    expect(bench.rows("failed").map(({ errorKind }) => errorKind)).toEqual(["local-not-found", "local-not-found"]);
  });

  test.skipIf(process.getuid?.() === 0)("no permission on this side is told as such", async () => {
    await writeTree(bench.remote, { "a.txt": "a" });
    await chmod(bench.local, 0o500);
    await bench.download(["a.txt"]);
    await bench.idle();
    await chmod(bench.local, 0o700);
    expect(bench.rows("failed")).toMatchObject([{ errorKind: "local-permission" }]);
  });

  test("a file that changes while it is sent is sent again", async () => {
    await writeTree(bench.local, { "a.bin": Buffer.alloc(200_000, "a") });
    bench.server.delayMs = 3;
    let hasChanged = false;
    bench.server.onMoved = (path, count) => {
      if (hasChanged || path !== "/a.bin" || count === 0) return;
      hasChanged = true;
      writeFileSync(join(bench.local, "a.bin"), Buffer.alloc(200_000, "b"), { flag: "r+" });
    };
    await bench.upload(["a.bin"]);
    await bench.idle();
    expect(await readFile(join(bench.remote, "a.bin"), "utf8")).toBe("b".repeat(200_000));
    expect(bench.log).toMatchObject([expect.stringContaining("changed")]);
  });

  test("a server that says 226 and keeps half of it is found out", async () => {
    await writeTree(bench.local, { "a.bin": Buffer.alloc(100_000, "a") });
    bench.server.cuts.push({ path: "/a.bin", toBytes: 50_000 });
    await bench.upload(["a.bin"]);
    await bench.idle();
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
    expect(bench.log).toEqual(["/a.bin: The server holds 50000 bytes of 100000"]);
    expect(bench.server.moved.get("/a.bin")).toBe(150_000);
  });
});

describe("expanding folders", () => {
  test("files run while folders are still being read, one folder per site at a time", async () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < 200; index++) files[`d/s${index % 20}/f${index}`] = `${index}`;
    await writeTree(bench.remote, files);
    await bench.download(["d"]);
    await bench.idle();
    const { journal } = bench.server;
    const firstFile = journal.findIndex((line) => line.startsWith("download"));
    expect(firstFile).toBeLessThan(journal.findLastIndex((line) => line.startsWith("list")));
    expect(bench.leases.most).toBeLessThanOrEqual(3);
    expect(await hashTree(bench.local)).toEqual(await hashTree(bench.remote));
  });

  test("a listing that breaks is read again, and nothing is queued twice", async () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < 120; index++) files[`d/f${index}`] = `${index}`;
    await writeTree(bench.remote, files);
    bench.server.refusals.push({ operation: "list", path: "/d", kind: "connection-lost" });
    await bench.download(["d"]);
    await until(() => bench.rows("queued")[0]?.state === "backoff");
    bench.server.refusals.length = 0;
    await bench.idle();
    expect(bench.summary()).toMatchObject({ completed: 121, failed: 0 });
  });

  test("links to files are files, links to folders and pipes are recorded as skipped", async () => {
    await writeTree(bench.local, { "d/real.txt": "text", "elsewhere/x": "x" });
    await symlink(join(bench.local, "d/real.txt"), join(bench.local, "d/link.txt"));
    await symlink(join(bench.local, "elsewhere"), join(bench.local, "d/away"));
    await symlink(join(bench.local, "nowhere"), join(bench.local, "d/dangling"));
    await bench.upload(["d"]);
    await bench.idle();
    expect(Object.keys(await hashTree(bench.remote)).sort()).toEqual(["d", "d/link.txt", "d/real.txt"]);
    expect(bench.rows("failed")).toMatchObject([{ errorKind: "local-not-found" }]);
    const away = bench.rows("completed").find(({ localPath }) => localPath.endsWith("away"));
    expect(away).toMatchObject({ state: "done", skipped: "folder-link" });
  });

  test("remote links: a file is fetched, a folder is not followed", async () => {
    await writeTree(bench.remote, { "d/real.txt": "text", "d/sub/x": "x" });
    await symlink("real.txt", join(bench.remote, "d/link.txt"));
    await symlink("..", join(bench.remote, "d/loop"));
    await bench.download(["d"]);
    await bench.idle();
    expect(Object.keys(await hashTree(bench.local)).sort()).toEqual([
      "d",
      "d/link.txt",
      "d/real.txt",
      "d/sub",
      "d/sub/x",
    ]);
    const loop = bench.rows("completed").find(({ remotePath }) => remotePath === "/d/loop");
    expect(loop).toMatchObject({ skipped: "folder-link" });
  });

  test("a link that stands where a folder should go is refused: nothing is written outside", async () => {
    await writeTree(bench.remote, { "d/sub/authorized_keys": "evil" });
    await writeTree(bench.local, { "secret/keep": "x" });
    await mkdir(join(bench.local, "d"));
    await symlink(join(bench.local, "secret"), join(bench.local, "d/sub"));
    await bench.download(["d"]);
    await bench.idle();
    expect(bench.rows("failed")).toMatchObject([{ errorKind: "local-permission" }]);
    expect(await readdir(join(bench.local, "secret"))).toEqual(["keep"]);
  });

  test("a folder that becomes a link between listing and fetching is refused too", async () => {
    await writeTree(bench.remote, { "d/sub/file": "evil" });
    await writeTree(bench.local, { "secret/keep": "x" });
    bench.change({ maxTransfers: 1 });
    bench.server.journal.push = (...lines: string[]) => {
      if (lines[0] === "list /d/sub") void swap();
      return Array.prototype.push.apply(bench.server.journal, lines);
    };
    const swap = async () => {
      await rm(join(bench.local, "d/sub"), { recursive: true });
      await symlink(join(bench.local, "secret"), join(bench.local, "d/sub"));
    };
    await bench.download(["d"]);
    await bench.idle();
    expect(bench.rows("failed")).toMatchObject([{ errorKind: "local-permission" }]);
    expect(await readdir(join(bench.local, "secret"))).toEqual(["keep"]);
  });

  test("uploads into a folder that we have made ask the server nothing about their targets", async () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < 30; index++) files[`d/f${index}`] = `${index}`;
    await writeTree(bench.local, files);
    await bench.upload(["d"]);
    await bench.idle();
    const { journal } = bench.server;
    const asked = journal.filter((line) => line.startsWith("stat"));
    expect(asked.filter((line) => line === "stat /d")).toHaveLength(1);
    expect(asked).toHaveLength(31); // besides: one size check after each upload
    expect(journal.filter((line) => line.startsWith("list"))).toEqual([]);
  });

  test("uploads into a folder that was there are settled by one listing", async () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < 30; index++) files[`d/f${index}`] = `${index}`;
    await writeTree(bench.local, files);
    await writeTree(bench.remote, { "d/f7": "old" });
    bench.change({ uploadConflict: "overwrite", maxTransfers: 1 });
    await bench.upload(["d"]);
    await bench.idle();
    expect(bench.server.journal.filter((line) => line.startsWith("list"))).toEqual(["list /d"]);
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
  });

  test("says which folders have changed", async () => {
    await writeTree(bench.local, { "d/e/f": "x" });
    await bench.upload(["d"]);
    await bench.idle();
    expect(bench.changes).toEqual(["/", "/d", "/d/e"].map((folder) => ({ side: "remote", siteId: "site-1", folder })));
    expect(bench.sourcesDone).toEqual([join(bench.local, "d/e/f")]);
  });
});

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
