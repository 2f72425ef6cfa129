import { rmSync, symlinkSync } from "node:fs";
import { mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashTree, type QueueBench, setUpQueue, siteId, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

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

  test("a deep new folder that is uploaded twice at once is made once, level by level", async () => {
    const files: Record<string, string> = {};
    for (let index = 0; index < 30; index++) files[`d/a/b/c${index % 5}/f${index}`] = `${index}`;
    await writeTree(bench.local, files);
    bench.change({ uploadConflict: "overwrite" });
    await Promise.all([bench.upload(["d"]), bench.upload(["d"])]);
    await bench.idle();
    const made = bench.server.journal.filter((line) => line.startsWith("makeFolder"));
    expect(made).toHaveLength(3 + 5);
    expect(new Set(made).size).toBe(made.length);
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
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
      if (lines[0] === "list /d/sub") swap();
      return Array.prototype.push.apply(bench.server.journal, lines);
    };
    // At once: whatever runs beside it finds the folder or the link, and the file is fetched after both.
    const swap = () => {
      rmSync(join(bench.local, "d/sub"), { recursive: true });
      symlinkSync(join(bench.local, "secret"), join(bench.local, "d/sub"));
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
    expect(journal.filter((line) => line.startsWith("stat"))).toEqual(["stat /d"]);
    expect(journal.filter((line) => line.startsWith("finishUpload"))).toHaveLength(30);
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

describe("a name that this disk cannot take", () => {
  test("comes back as its own when the folder is uploaded again", async () => {
    const names = ["a\nb.txt", "x／y", "会议：纪要.txt"];
    await writeTree(bench.remote, Object.fromEntries(names.map((name) => [`from/${name}`, name])));
    await bench.download(["from"]);
    await bench.idle();
    expect((await readdir(join(bench.local, "from"))).sort()).toEqual(["a␊b.txt", "x‛／y", "会议：纪要.txt"].sort());
    await rm(join(bench.remote, "from"), { recursive: true });
    await bench.upload(["from"]);
    await bench.idle();
    // A line break cannot travel in a command: that name stays as this disk has it.
    expect((await readdir(join(bench.remote, "from"))).sort()).toEqual(["a␊b.txt", "x／y", "会议：纪要.txt"].sort());
  });

  test("a file that a user has named so keeps its name", async () => {
    await writeTree(bench.local, { "to/x‛／y": "mine" });
    await bench.upload(["to"]);
    await bench.idle();
    expect(await readdir(join(bench.remote, "to"))).toEqual(["x‛／y"]);
  });
});

test("two files of one name in one upload get two names", async () => {
  await writeTree(bench.local, { "one/a.txt": "1", "two/a.txt": "2" });
  bench.change({ uploadConflict: "overwrite" });
  const sources = await Promise.all(["one", "two"].map((folder) => bench.source(join(bench.local, folder, "a.txt"))));
  bench.queue.add({ siteId, direction: "upload", sources, targetPath: "/" });
  await bench.idle();
  expect(await readFile(join(bench.remote, "a.txt"), "utf8")).toBe("1");
  expect(await readFile(join(bench.remote, "a (2).txt"), "utf8")).toBe("2");
});

test.each([
  ["UNIX Type: L8", ["A.txt", "a.txt"]],
  ["Windows_NT", ["A.txt", "a (2).txt"]],
  ["UNIX emulated by FileZilla.", ["A.txt", "a (2).txt"]],
])("names that differ by case alone, on a server that calls itself %s", async (system, names) => {
  await writeTree(bench.local, { "mixed/A.txt": "1", "mixed/a.txt": "2" });
  bench.server.system = system;
  await bench.upload(["mixed"]);
  await bench.idle();
  expect((await readdir(join(bench.remote, "mixed"))).sort()).toEqual([...names].sort());
});
