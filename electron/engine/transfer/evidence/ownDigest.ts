import { open } from "node:fs/promises";
import type { Checksum } from "../../../../shared/models/checksum.ts";
import { toLocalError } from "../../local/localErrors.ts";
import { throwIfCancelled } from "../../util/cancel.ts";
import { type RunningDigest, startInPlace } from "./digests.ts";
import type { OwnDigest } from "./sums.ts";

/** A file on our side, that can be read again. */
export type OwnSide = {
  readonly size: number;
  /** Fills `into` with bytes from `position` on; resolves to their number. */
  readonly read: (into: Uint8Array, position: number) => Promise<number>;
};

/**
 * Ends a digest that has seen what lies before `from`: the rest, which came in pieces or lay there already, is read once. Where what was
 * seen is lost with its thread, all of it is. Stops with its signal.
 */
export async function finishDigest(
  digest: RunningDigest,
  own: OwnSide,
  from: number,
  signal: AbortSignal,
): Promise<OwnDigest> {
  await addRest(digest, own, from, signal);
  const seen = await digest.result();
  if (seen !== null) return seen;
  const anew = startInPlace(digest.algorithms);
  await addRest(anew, own, 0, signal);
  return anew.result();
}

/** Reads into one buffer while what lies in the other is being hashed. */
async function addRest(digest: Pick<RunningDigest, "add">, { size, read }: OwnSide, from: number, signal: AbortSignal) {
  if (from >= size) return;
  const length = Math.min(size - from, readBytes);
  let [reading, hashing] = [
    new Uint8Array(new SharedArrayBuffer(length)),
    new Uint8Array(new SharedArrayBuffer(length)),
  ];
  let hashed: Promise<void> | null = null;
  for (let at = from; at < size; ) {
    throwIfCancelled(signal);
    const count = await read(reading, at);
    if (count === 0) break;
    await hashed;
    hashed = digest.add(reading.subarray(0, count));
    [reading, hashing] = [hashing, reading];
    at += count;
  }
  await hashed;
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
