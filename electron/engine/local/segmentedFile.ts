import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import * as z from "zod/mini";
import { flushAhead } from "./flushAhead.ts";
import { freshPlaces } from "./folderPlaces.ts";
import { systemCodeOf, toLocalError } from "./localErrors.ts";
import { type LocalTarget, localPathIn } from "./partialFile.ts";

/** What is known of a run of bytes of an unfinished download: `from … at` lies in the file, `at … to` does not. */
export type SavedSegment = {
  readonly from: number;
  readonly at: number;
  readonly to: number;
  readonly seam: string | null;
};

/**
 * An unfinished download that is written in several places at once. While that is so the file is longer than what it will hold: behind
 * the last byte stands a map of what has come. Map and bytes are one file, so no power cut parts them, and nobody can take the file for
 * a whole one: it has the wrong size.
 */
export type SegmentedFile = {
  readonly write: (bytes: Uint8Array, position: number) => Promise<void>;
  readonly read: (position: number, length: number) => Promise<Buffer>;
  /** SHA-256 of a run of bytes, hex. */
  readonly hash: (position: number, length: number) => Promise<string>;
  /** Writes the map once everything it tells of is on the disk. */
  readonly saveMap: (segments: readonly SavedSegment[]) => Promise<void>;
  /** Everything has come: cuts the map off and flushes. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SegmentedOptions = { readonly keep: boolean; readonly isOurs: boolean; readonly size: number };

const mapBytes = 16 * 1024; // a fixed length, so that a shorter map never ends in the remains of a longer one

/** Opens an unfinished download for writing anywhere, as `openPartialFile` does for writing at its end. */
export async function openSegmentedFile(
  { root, folder, places = freshPlaces }: LocalTarget,
  partName: string,
  { keep, isOurs, size }: SegmentedOptions,
): Promise<SegmentedFile> {
  const path = localPathIn(folder, partName);
  const { O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_NOFOLLOW } = constants;
  const noFollow = O_NOFOLLOW ?? 0; // Windows has none; creating links there is a privilege
  const forOurs = keep ? 0 : O_TRUNC;
  const local = <T>(work: () => Promise<T>) => work().catch((error) => Promise.reject(toLocalError(error, path)));
  const handle = await local(async () => {
    await places.refuseDetour(root, folder);
    return open(path, O_RDWR | O_CREAT | noFollow | (isOurs ? forOurs : O_EXCL), 0o600);
  });
  const disk = flushAhead(handle);
  const read = (position: number, length: number) => local(() => readAll(handle, position, length));
  return {
    write: (bytes, position) =>
      local(async () => {
        await writeAll(handle, bytes, position);
        disk.noteWritten(bytes.length);
      }),
    read,
    hash: async (position, length) =>
      createHash("sha256")
        .update(await read(position, length))
        .digest("hex"),
    saveMap: (segments) =>
      local(async () => {
        const text = JSON.stringify({ size, segments: segments.map(({ from, at, to, seam }) => [from, at, to, seam]) });
        await handle.datasync();
        await writeAll(handle, Buffer.from(text.padEnd(mapBytes)), size);
      }),
    finish: () =>
      local(async () => {
        await disk.finish(); // a file of the right size must never be one with holes
        if ((await handle.stat()).size === size) return;
        await handle.truncate(size);
        await handle.datasync();
      }),
    close: () => local(() => handle.close()),
  };
}

/** The map behind an unfinished download of `size` bytes; null when it has none that can be read. */
export async function readSegmentMap(
  folder: string,
  partName: string,
  size: number,
): Promise<readonly SavedSegment[] | null> {
  const path = localPathIn(folder, partName);
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (["ENOENT", "ELOOP"].includes(systemCodeOf(error))) return null;
    throw toLocalError(error, path);
  }
  try {
    if ((await handle.stat()).size !== size + mapBytes) return null;
    return parseMap((await readAll(handle, size, mapBytes)).toString("utf8"), size);
  } finally {
    await handle.close();
  }
}

const offset = z.int().check(z.gte(0));
const mapSchema = z.object({
  size: offset,
  segments: z.array(z.tuple([offset, offset, offset, z.nullable(z.string().check(z.regex(/^[0-9a-f]{64}$/)))])),
});

function parseMap(text: string, size: number): readonly SavedSegment[] | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = mapSchema.safeParse(json);
  if (!parsed.success || parsed.data.size !== size) return null;
  return parsed.data.segments.map(([from, at, to, seam]) => ({ from, at, to, seam }));
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

async function readAll(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const into = Buffer.alloc(length);
  let count = 0;
  while (count < length) {
    const { bytesRead } = await handle.read(into, count, length - count, position + count);
    if (bytesRead === 0) break;
    count += bytesRead;
  }
  return into.subarray(0, count);
}
