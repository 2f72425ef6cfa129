import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { crc32 } from "node:zlib";
import type { Checksum, ChecksumAlgorithm } from "../../../shared/models/checksum.ts";
import { toLocalError } from "../local/localErrors.ts";

/** Checksums of our side's bytes, in the algorithms that somebody will ask for. */
export type OwnDigest = { readonly [Algorithm in ChecksumAlgorithm]?: string };

export type RunningDigest = {
  /** Bytes in order, from the first of the file on. */
  readonly add: (bytes: Uint8Array) => void;
  /** Ends it. */
  readonly result: () => OwnDigest;
};

/** SHA-256 of bytes as they pass, and with it what the server computes, where that is something else. */
export function startDigest(serverAlgorithm: ChecksumAlgorithm | null = null): RunningDigest {
  const running = [...new Set(["SHA-256", serverAlgorithm] as const)].flatMap((algorithm) =>
    algorithm === null ? [] : [{ algorithm, sum: startOne(algorithm) }],
  );
  return {
    add: (bytes) => {
      for (const { sum } of running) sum.add(bytes);
    },
    result: () => Object.fromEntries(running.map(({ algorithm, sum }) => [algorithm, sum.result()])),
  };
}

/** The same of a file on the disk: of what came in pieces, or lay there already. Rejects with AppError; stops with its signal. */
export async function digestFile(
  path: string,
  serverAlgorithm: ChecksumAlgorithm | null,
  signal: AbortSignal,
): Promise<OwnDigest & { readonly size: number }> {
  const digest = startDigest(serverAlgorithm);
  let size = 0;
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: readBytes, signal })) {
      digest.add(bytes);
      size += bytes.length;
    }
  } catch (error) {
    throw toLocalError(error, path);
  }
  return { ...digest.result(), size };
}

/** True when both sides have computed the same; null when ours is in another algorithm. */
export function agrees(ours: OwnDigest, { algorithm, value }: Checksum): boolean | null {
  const own = ours[algorithm];
  return own === undefined ? null : own === value.toLowerCase();
}

const readBytes = 1024 * 1024;

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
