import { writeFileSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hashTree, type QueueBench, setUpQueue, until, untilDiskIsUp, writeTree } from "../testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
  await untilDiskIsUp(bench);
});
afterEach(() => bench.end());

describe("small files", () => {
  test("come down whole, each with its time, and leave nothing else behind", async () => {
    const names = Array.from({ length: 60 }, (_, index) => [`tree/s${index % 7}/f${index}`, "x".repeat(index * 300)]);
    await writeTree(bench.remote, Object.fromEntries(names));
    await bench.download(["tree"]);
    await bench.idle();
    expect(await hashTree(bench.local)).toEqual(await hashTree(bench.remote));
    const [here, there] = await Promise.all([bench.local, bench.remote].map((side) => stat(join(side, "tree/s3/f3"))));
    expect(Math.floor((here?.mtimeMs ?? 0) / 1000)).toBe(Math.floor((there?.mtimeMs ?? 1) / 1000));
  });

  test("whose names are those of each other's unfinished files do not get in each other's way", async () => {
    await writeTree(bench.remote, { "d/a": "1", "d/a.part": "22", "d/a.part.part": "333", "d/b": "4444" });
    bench.change({ maxTransfers: 1 });
    await bench.download(["d"]);
    await bench.idle();
    expect(await hashTree(bench.local)).toEqual(await hashTree(bench.remote));
    expect(bench.asked).toEqual([]);
  });

  test("are written under a name that no other file of their folder can have", async () => {
    await writeTree(bench.remote, { "d/a": "1", "d/b": "2" });
    bench.change({ maxTransfers: 1 });
    const put = vi.spyOn(bench.disk, "put");
    await bench.download(["d"]);
    await bench.idle();
    const names = put.mock.calls.map(([{ name, partName }]) => [name, partName, partName.endsWith(".part")]);
    expect(names).toEqual([
      ["a", expect.not.stringMatching(/^a\.part$/), true],
      ["b", expect.not.stringMatching(/^b\.part$/), true],
    ]);
  });

  test("keep their bytes when something appears at the name meanwhile: the answer decides, nothing is fetched again", async () => {
    await writeTree(bench.remote, { "c.txt": "server" });
    bench.server.onMoved = () => writeFileSync(join(bench.local, "c.txt"), "mine");
    await bench.download(["c.txt"]);
    await until(() => bench.asked.length === 1);
    expect(await readFile(join(bench.local, "c.txt"), "utf8")).toBe("mine");
    bench.server.onMoved = () => {};
    bench.asked[0]?.answer({ kind: "conflict", action: "overwrite", scope: "this" });
    await until(() => bench.summary().completed === 1);
    expect(await readFile(join(bench.local, "c.txt"), "utf8")).toBe("server");
    expect(bench.server.moved.get("/c.txt")).toBe("server".length);
    expect(await readdir(bench.local)).toEqual(["c.txt"]);
  });

  test("that break off leave nothing on the disk and are fetched again", async () => {
    await writeTree(bench.remote, { "a.bin": Buffer.alloc(40_000, "a") });
    bench.server.chunkBytes = 10_000;
    bench.server.drops.push({ path: "/a.bin", afterBytes: 20_000 });
    bench.change({ retryDelayMs: 60 });
    await bench.download(["a.bin"]);
    await until(() => bench.rows("queued")[0]?.state === "backoff");
    expect(await readdir(bench.local)).toEqual([]);
    expect(bench.rows("queued")).toMatchObject([{ bytesDone: 0 }]);
    await bench.idle();
    expect(await hashTree(bench.local)).toEqual(await hashTree(bench.remote));
  });

  test("that change while they are sent arrive as they were when they were read", async () => {
    await writeTree(bench.local, { "a.bin": Buffer.alloc(40_000, "a") });
    bench.server.chunkBytes = 10_000;
    bench.server.onMoved = () => writeFileSync(join(bench.local, "a.bin"), Buffer.alloc(40_000, "b"), { flag: "r+" });
    await bench.upload(["a.bin"]);
    await bench.idle();
    expect(await readFile(join(bench.remote, "a.bin"), "utf8")).toBe("a".repeat(40_000));
    expect(bench.summary()).toMatchObject({ completed: 1, failed: 0 });
  });
});
