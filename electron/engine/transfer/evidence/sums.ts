import { createHash, type Hash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ChecksumAlgorithm } from "../../../../shared/models/checksum.ts";

/** Checksums of our side's bytes, in the algorithms that somebody will ask for. */
export type OwnDigest = { readonly [Algorithm in ChecksumAlgorithm]?: string };

/** Checksums that are computed here and now, of bytes in order from the first of the file on. */
export type Sums = {
  readonly add: (bytes: Uint8Array) => void;
  /** Ends them. */
  readonly result: () => OwnDigest;
};

export function startSums(algorithms: readonly ChecksumAlgorithm[]): Sums {
  const running = algorithms.map((algorithm) => ({ algorithm, sum: startOne(algorithm) }));
  return {
    add: (bytes) => {
      for (const { sum } of running) sum.add(bytes);
    },
    result: () => Object.fromEntries(running.map(({ algorithm, sum }) => [algorithm, sum.result()])),
  };
}

const nodeNames = { "SHA-512": "sha512", "SHA-256": "sha256", "SHA-1": "sha1", MD5: "md5" } as const;

function startOne(algorithm: ChecksumAlgorithm) {
  return algorithm === "CRC32" ? startCrc() : ofHash(createHash(nodeNames[algorithm]));
}

function ofHash(hash: Hash) {
  return { add: (bytes: Uint8Array) => void hash.update(bytes), result: () => hash.digest("hex") };
}

function startCrc() {
  let sum = 0;
  return {
    add: (bytes: Uint8Array) => {
      sum = crc32(bytes, sum);
    },
    result: () => sum.toString(16).padStart(8, "0"),
  };
}
