import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type RunningDigest, startInPlace } from "./digests.ts";
import { agrees, finishDigest, readTail, withOwnFile } from "./ownDigest.ts";

const never = new AbortController().signal;
const bytes = randomBytes(2_500_000);
const sha256 = createHash("sha256").update(bytes).digest("hex");

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-digest-"));
  path = join(folder, "a");
  await writeFile(path, bytes);
});
afterEach(() => rm(folder, { recursive: true }));

describe("our side's digest", () => {
  test("of a file on the disk is that of its bytes, whether they have passed or are read", async () => {
    const digest = startInPlace(["SHA-256"]);
    await digest.add(bytes.subarray(0, 5));
    const found = await withOwnFile(path, async (own) => ({
      digest: await finishDigest(digest, own, 5, never),
      tail: await readTail(own, own.size, 100),
      middle: await readTail(own, 5, 3),
    }));
    expect(found.digest).toEqual({ "SHA-256": sha256 });
    expect(bytes.subarray(-100).equals(found.tail)).toBe(true);
    expect(bytes.subarray(2, 5).equals(found.middle)).toBe(true);
    await expect(withOwnFile(join(folder, "b"), async () => 0)).rejects.toMatchObject({ kind: "local-not-found" });
  });

  test("is read from the disk when the thread that knew it has died", async () => {
    const lost: RunningDigest = {
      algorithms: ["SHA-256"],
      add: async () => {},
      result: async () => null,
      drop: () => {},
    };
    expect(await withOwnFile(path, (own) => finishDigest(lost, own, own.size, never))).toEqual({ "SHA-256": sha256 });
  });

  test("waits for what is still being hashed before it reads over it", async () => {
    const held: Uint8Array[] = [];
    const slow: RunningDigest = {
      algorithms: ["SHA-256"],
      add: async (piece) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        held.push(Uint8Array.from(piece));
      },
      result: async () => ({ "SHA-256": createHash("sha256").update(Buffer.concat(held)).digest("hex") }),
      drop: () => {},
    };
    expect(await withOwnFile(path, (own) => finishDigest(slow, own, 0, never))).toEqual({ "SHA-256": sha256 });
  });

  test("agrees with the server's in either case, and has nothing to say of another algorithm", () => {
    expect(agrees({ "SHA-256": "ab" }, { algorithm: "SHA-256", value: "AB" })).toBe(true);
    expect(agrees({ "SHA-256": "ab" }, { algorithm: "SHA-256", value: "ac" })).toBe(false);
    expect(agrees({ "SHA-256": "ab" }, { algorithm: "MD5", value: "ab" })).toBeNull();
  });
});
