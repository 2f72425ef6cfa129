import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { startSums } from "./sums.ts";

test.each([
  ["SHA-512", createHash("sha512").update("123456789").digest("hex")],
  ["SHA-1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
  ["MD5", "25f9e794323b453885f5181f1b624d0b"],
  ["CRC32", "cbf43926"],
] as const)("computes %s beside SHA-256, whatever pieces the bytes come in", (algorithm, value) => {
  const sums = startSums(["SHA-256", algorithm]);
  for (const piece of ["1", "2345", "", "6789"]) sums.add(Buffer.from(piece));
  expect(sums.result()).toEqual({
    "SHA-256": "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
    [algorithm]: value,
  });
});
