import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { type DigestOptions, type Digests, openDigests } from "./digests.ts";

const size = 9_000_000;
const algorithms = ["SHA-256", "CRC32"] as const;

let digests: Digests | null = null;
afterEach(() => digests?.close());
const open = (options?: DigestOptions) => {
  digests = openDigests(options);
  return digests;
};

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** A thread of the test's own, that runs `source`. */
async function withThread(source: string, use: (threadUrl: URL) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "portside-digests-"));
  const path = join(folder, "thread.mjs");
  await writeFile(path, source);
  await use(pathToFileURL(path));
  await rm(folder, { recursive: true });
}

describe("digests", () => {
  test("of a large file are computed beside the engine's thread, in the pieces' order and in every algorithm", async () => {
    const bytes = randomBytes(size);
    const digest = open().start({ algorithms, size });
    const pieces = [0, 1, 500_000, 1_500_001, size];
    const held = pieces.slice(1).map((end, index) => digest.add(shared(bytes.subarray(pieces[index], end))));
    expect(held.every((one) => one instanceof Promise)).toBe(true);
    expect(await digest.result()).toEqual({ "SHA-256": sha256(bytes), CRC32: expect.stringMatching(/^[0-9a-f]{8}$/) });
  });

  test("let a buffer be used again as soon as they have told so", async () => {
    const digest = open().start({ algorithms, size });
    const buffer = new Uint8Array(new SharedArrayBuffer(300_000));
    const hash = createHash("sha256");
    for (let piece = 0; piece < 20; piece++) {
      buffer.set(randomBytes(buffer.length));
      hash.update(Uint8Array.from(buffer));
      await digest.add(buffer);
    }
    expect(await digest.result()).toMatchObject({ "SHA-256": hash.digest("hex") });
  });

  test("take memory that is not shared as well", async () => {
    const bytes = randomBytes(400_000);
    const digest = open().start({ algorithms, size });
    const taken = digest.add(bytes.subarray(100_000, 200_000));
    await taken;
    expect(await digest.result()).toMatchObject({ "SHA-256": sha256(bytes.subarray(100_000, 200_000)) });
  });

  test("of a small file are computed in place", async () => {
    const digest = open({ threadUrl: new URL("./no-such-thread.ts", import.meta.url) }).start({ algorithms, size: 9 });
    expect(digest.add(Buffer.from("123456789"))).toBeNull();
    expect(await digest.result()).toMatchObject({ CRC32: "cbf43926" });
  });

  test("of several files at once keep apart, on fewer threads than files", async () => {
    const opened = open({ mostThreads: 2 });
    const files = Array.from({ length: 5 }, () => ({
      bytes: shared(randomBytes(200_000)),
      digest: opened.start({ algorithms, size }),
    }));
    for (const step of [0, 100_000]) {
      await Promise.all(files.map(({ bytes, digest }) => digest.add(bytes.subarray(step, step + 100_000))));
    }
    const results = await Promise.all(files.map(({ digest }) => digest.result()));
    expect(results.map((one) => one?.["SHA-256"])).toEqual(files.map(({ bytes }) => sha256(Uint8Array.from(bytes))));
  });

  test("that nobody wants any more are forgotten, and the thread goes on with others", async () => {
    const opened = open({ mostThreads: 1 });
    const dropped = opened.start({ algorithms, size });
    await dropped.add(shared(randomBytes(10)));
    dropped.drop();
    dropped.drop();
    expect(dropped.add(shared(randomBytes(10)))).toBeNull();
    const kept = opened.start({ algorithms, size });
    await kept.add(shared(Buffer.from("123456789")));
    expect(await kept.result()).toMatchObject({ CRC32: "cbf43926" });
  });

  test("have no result when there is no thread to be had, and keep nobody waiting", async () => {
    const digest = open({ threadUrl: new URL("./no-such-thread.ts", import.meta.url) }).start({ algorithms, size });
    await digest.add(shared(randomBytes(10)));
    expect(await digest.result()).toBeNull();
  });

  test("that were on a thread which dies are lost, and the next ones get another thread", async () => {
    const source = `import { parentPort } from "node:worker_threads";
      parentPort.on("message", ({ do: what }) => { if (what === "add") process.exit(1); parentPort.postMessage(null); });`;
    await withThread(source, async (threadUrl) => {
      const opened = open({ threadUrl, mostThreads: 1 });
      const first = opened.start({ algorithms, size });
      await first.add(shared(randomBytes(10)));
      expect(await first.result()).toBeNull();
      const second = opened.start({ algorithms, size });
      await second.add(shared(randomBytes(10))); // it is answered for by a thread that has died in its turn
      expect(await second.result()).toBeNull();
    });
  });

  test("end without a result when they are closed", async () => {
    const source = `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => {});`;
    await withThread(source, async (threadUrl) => {
      const opened = open({ threadUrl });
      const digest = opened.start({ algorithms, size });
      const adding = digest.add(shared(randomBytes(10)));
      await opened.close();
      await adding;
      expect(await digest.result()).toBeNull();
    });
  });
});
