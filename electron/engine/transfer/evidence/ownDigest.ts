import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { Checksum, ChecksumAlgorithm } from "../../../../shared/models/checksum.ts";
import { toLocalError } from "../../local/localErrors.ts";
import { throwIfCancelled } from "../../util/cancel.ts";

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

/** A file on our side, that can be read again. */
export type OwnSide = {
  readonly size: number;
  /** Fills `into` with bytes from `position` on; resolves to their number. */
  readonly read: (into: Uint8Array, position: number) => Promise<number>;
};

/** Adds what lies behind `from`: what came in pieces, or lay there already, is read once. Stops with its signal. */
export async function addRest(
  digest: RunningDigest,
  { size, read }: OwnSide,
  from: number,
  signal: AbortSignal,
): Promise<void> {
  if (from >= size) return;
  const buffer = Buffer.allocUnsafe(Math.min(size - from, readBytes));
  for (let at = from; at < size; ) {
    throwIfCancelled(signal);
    const count = await read(buffer, at);
    if (count === 0) break;
    digest.add(buffer.subarray(0, count));
    at += count;
  }
}

/** The last bytes in front of `end`, at most `length`. */
export async function readTail({ read }: OwnSide, end: number, length: number): Promise<Uint8Array> {
  const tail = Buffer.allocUnsafe(Math.min(length, end));
  let held = 0;
  while (held < tail.length) {
    const count = await read(tail.subarray(held), end - tail.length + held);
    if (count === 0) break;
    held += count;
  }
  return tail.subarray(0, held);
}

/** A file of the disk as our side, for as long as `use` runs. Rejects with AppError when it cannot be read. */
export async function withOwnFile<T>(path: string, use: (own: OwnSide) => Promise<T>): Promise<T> {
  const file = await open(path, "r").catch((error) => Promise.reject(toLocalError(error, path)));
  try {
    const { size } = await file.stat();
    const read = async (into: Uint8Array, position: number) =>
      (await file.read(into, 0, Math.min(into.length, Math.max(size - position, 0)), position)).bytesRead;
    return await use({ size, read });
  } finally {
    await file.close();
  }
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
