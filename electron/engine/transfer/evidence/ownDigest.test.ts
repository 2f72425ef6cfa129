import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addRest, agrees, readTail, startDigest, withOwnFile } from "./ownDigest.ts";

const never = new AbortController().signal;

describe("our side's digest", () => {
  test.each([
    ["SHA-512", createHash("sha512").update("123456789").digest("hex")],
    ["SHA-1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
    ["MD5", "25f9e794323b453885f5181f1b624d0b"],
    ["CRC32", "cbf43926"],
  ] as const)("has %s beside SHA-256, whatever pieces the bytes come in", (algorithm, value) => {
    const digest = startDigest(algorithm);
    for (const piece of ["1", "2345", "", "6789"]) digest.add(Buffer.from(piece));
    expect(digest.result()).toEqual({
      "SHA-256": "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
      [algorithm]: value,
    });
  });

  test("of a file on the disk is that of its bytes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "portside-digest-"));
    const bytes = Buffer.alloc(2_500_000, "abc");
    await writeFile(join(folder, "a"), bytes);
    const digest = startDigest();
    digest.add(bytes.subarray(0, 5));
    const found = await withOwnFile(join(folder, "a"), async (own) => ({
      digest: await addRest(digest, own, 5, never).then(digest.result),
      tail: await readTail(own, own.size, 100),
      middle: await readTail(own, 5, 100),
    }));
    expect(found.digest).toEqual({ "SHA-256": createHash("sha256").update(bytes).digest("hex") });
    expect(bytes.subarray(-100).equals(found.tail)).toBe(true);
    expect(String(found.middle)).toBe("abcab");
    await expect(withOwnFile(join(folder, "b"), async () => 0)).rejects.toMatchObject({ kind: "local-not-found" });
    await rm(folder, { recursive: true });
  });

  test("agrees with the server's in either case, and has nothing to say of another algorithm", () => {
    expect(agrees({ "SHA-256": "ab" }, { algorithm: "SHA-256", value: "AB" })).toBe(true);
    expect(agrees({ "SHA-256": "ab" }, { algorithm: "SHA-256", value: "ac" })).toBe(false);
    expect(agrees({ "SHA-256": "ab" }, { algorithm: "MD5", value: "ab" })).toBeNull();
  });
});
