import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EvidenceChoice, Receipt } from "../../../shared/models/evidence.ts";
import { type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let bench: QueueBench;
beforeEach(async () => {
  bench = await setUpQueue();
});
afterEach(() => bench.end());

const big = randomBytes(500_000);
const never = new AbortController().signal;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const canHash = (algorithm: "SHA-256" | "MD5" | null) => {
  bench.server.can = { ...bench.server.can, checksum: algorithm };
};
const receipts = (): Receipt[] => {
  const ids = bench.rows("completed").map(({ id }) => id);
  return ids.length === 0 ? [] : bench.queue.receipts.read(ids);
};

describe.each(["upload", "download"] as const)("%s", (direction) => {
  const from = () => (direction === "upload" ? bench.local : bench.remote);
  const to = () => (direction === "upload" ? bench.remote : bench.local);
  const move = async (choice: EvidenceChoice, bytes = big) => {
    bench.wishes.evidence = choice;
    await writeTree(from(), { "a.bin": bytes });
    await bench[direction](["a.bin"]);
    await bench.idle();
  };
  /** Spoils one byte of each of the first `times` tries. */
  const flip = (at: number, times: number) => {
    for (let count = 0; count < times; count++) bench.server.flips.push({ path: /a\.bin/, at });
  };

  test.each([
    ["size", null, "size"],
    ["tail", null, "tail"],
    ["hash", "SHA-256", "hash"],
    ["hash", "MD5", "hash"],
    ["hash", null, "tail"],
    ["read-back", null, "read-back"],
    ["automatic", "SHA-256", "size"],
  ] as const)("wanted: %s, the server computes %s, proved: %s", async (choice, algorithm, level) => {
    canHash(algorithm);
    await move(choice);
    expect(bench.rows("completed")).toMatchObject([{ state: "done", evidence: level }]);
    const [receipt] = receipts();
    expect(receipt).toMatchObject({ size: big.length, sha256: sha256(big), level, restarted: null });
    expect(receipt?.server?.algorithm ?? null).toBe(level === "hash" ? algorithm : null);
    expect(receipt?.localPath).toBe(join(bench.local, "a.bin"));
  });

  test.each(["hash", "read-back"] as const)(
    "a flipped byte is found by %s, and the file is moved again",
    async (choice) => {
      canHash("SHA-256");
      flip(100_000, 1);
      await move(choice);
      expect(bench.rows("completed")).toMatchObject([{ state: "done", evidence: choice }]);
      expect((await readFile(join(to(), "a.bin"))).equals(big)).toBe(true);
      expect(bench.log).toHaveLength(1);
    },
  );

  test("a byte that is wrong twice is a failure, and what is wrong has no final name", async () => {
    canHash("SHA-256");
    flip(100_000, 2);
    await move("hash");
    expect(bench.rows("failed")).toMatchObject([{ state: "failed", errorKind: "verification-failed" }]);
    expect(bench.server.flips).toEqual([]);
    expect((await readdir(to())).includes("a.bin")).toBe(false);
    await bench.queue.retry({ filter: "failed" });
    await bench.idle();
    expect((await readFile(join(to(), "a.bin"))).equals(big)).toBe(true);
  });

  test("the tail shows a byte of the last 64 KiB and no other", async () => {
    flip(big.length - 10, 1);
    await move("tail");
    expect((await readFile(join(to(), "a.bin"))).equals(big)).toBe(true);
    flip(1_000, 1);
    await writeTree(from(), { "b/a.bin": big });
    await bench[direction](["b"]);
    await bench.idle();
    expect((await readFile(join(to(), "b", "a.bin"))).equals(big)).toBe(false);
    expect(bench.rows("completed").find(({ localPath }) => localPath.includes("/b/"))?.evidence).toBe("tail");
  });

  test("by size alone a flipped byte is not seen, and the receipt says no more than that", async () => {
    flip(100_000, 1);
    await move("size");
    expect((await readFile(join(to(), "a.bin"))).equals(big)).toBe(false);
    expect(receipts()).toMatchObject([{ level: "size", server: null }]);
  });

  test("a small file is proved like a large one", async () => {
    canHash("SHA-256");
    flip(3, 1);
    await move("hash", Buffer.from("small"));
    expect(String(await readFile(join(to(), "a.bin")))).toBe("small");
    expect(receipts()).toMatchObject([{ level: "hash", sha256: sha256(Buffer.from("small")) }]);
  });

  test("what broke in its middle has the hash of the whole", async () => {
    bench.server.chunkBytes = 20_000;
    bench.server.drops.push({ path: "/a.bin", afterBytes: 300_000 });
    bench.wishes.uploadsUnderTemporaryName = "never";
    await move("automatic");
    expect(bench.log).toHaveLength(1);
    expect(receipts()).toMatchObject([{ sha256: sha256(big), restarted: null }]);
  });

  test("what lies there and is not the file's beginning is moved again, and the receipt tells", async () => {
    bench.server.chunkBytes = 20_000;
    bench.server.drops.push({ path: "/a.bin", afterBytes: 300_000 });
    bench.wishes.uploadsUnderTemporaryName = "never";
    bench.change({ retryDelayMs: 150 });
    bench.wishes.evidence = "size";
    await writeTree(from(), { "a.bin": big });
    await bench[direction](["a.bin"]);
    const left = direction === "upload" ? "a.bin" : "a.bin.part";
    await until(() => bench.rows("queued")[0]?.state === "backoff");
    await writeFile(join(to(), left), randomBytes(300_000));
    await bench.idle();
    expect((await readFile(join(to(), "a.bin"))).equals(big)).toBe(true);
    expect(receipts()).toMatchObject([{ restarted: "overlap-differs", sha256: sha256(big) }]);
    expect(bench.said.join()).toContain("a.bin: The server’s bytes are not those that lie here already");
  });

  test("verified again, on the disk and on the server", async () => {
    await move("size");
    const id = receipts()[0]?.transferId ?? 0;
    const look = (side: "disk" | "server") => bench.queue.receipts.verify(id, side, never);
    expect(await look("disk")).toMatchObject({ result: "same", level: "hash" });
    expect(await look("server")).toMatchObject({ result: "same", level: "read-back" });
    canHash("SHA-256");
    expect(await look("server")).toMatchObject({ result: "same", level: "hash" });
    expect(bench.rows("completed")).toMatchObject([{ checked: "same" }]);
    await writeFile(join(bench.remote, "a.bin"), randomBytes(big.length));
    expect(await look("server")).toMatchObject({ result: "differs", level: "hash" });
    canHash("MD5"); // of which nothing is known here
    expect(await look("server")).toMatchObject({ result: "differs", level: "read-back" });
    await truncate(join(bench.local, "a.bin"), 10);
    expect(await look("disk")).toMatchObject({ result: "differs", level: "size" });
    await rm(join(bench.local, "a.bin"));
    expect(await look("disk")).toMatchObject({ result: "missing" });
    expect(receipts()).toMatchObject([{ check: { side: "disk", result: "missing" } }]);
    expect(bench.leases.now).toBe(0);
  });

  test("an export holds every receipt once, in pieces", async () => {
    await move("size");
    const piece = bench.queue.receipts.exportFrom({ filter: "completed" }, "json", 0);
    expect(piece.next).toBeNull();
    expect(JSON.parse(piece.text)).toMatchObject([{ sha256: sha256(big), level: "size" }]);
  });
});

test("a server whose REST wraps around does not spoil the file", async () => {
  bench.server.restart = { wrapsAt: 200_000 };
  bench.server.chunkBytes = 20_000;
  bench.server.drops.push({ path: "/a.bin", afterBytes: 400_000 });
  await writeTree(bench.remote, { "a.bin": big });
  await bench.download(["a.bin"]);
  await bench.idle();
  expect((await readFile(join(bench.local, "a.bin"))).equals(big)).toBe(true);
  expect(receipts()).toMatchObject([{ restarted: "overlap-differs" }]);
});

test("text is proved by the server's word alone", async () => {
  bench.wishes.evidence = "read-back";
  bench.change({ transferType: "ascii" });
  await writeTree(bench.remote, { "a.txt": "one\r\n" });
  await bench.download(["a.txt"]);
  await bench.idle();
  expect(receipts()).toMatchObject([{ level: "word", sha256: null }]);
  expect(await bench.queue.receipts.verify(receipts()[0]?.transferId ?? 0, "disk", never)).toMatchObject({
    result: "unproved",
  });
});
