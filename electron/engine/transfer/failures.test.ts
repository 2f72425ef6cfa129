import { writeFileSync } from "node:fs";
import { chmod, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { hashTree, type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

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
    expect(bench.server.moved.get("/a.bin")).toBe(100_000 + 50_000 + 50_000); // what was kept is compared
  });
});
