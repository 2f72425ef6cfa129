import { expect, test } from "vitest";
import { flushAhead } from "./flushAhead.ts";

const mebibyte = 1024 * 1024;

/** A disk whose flushes end when the test says so. */
function slowDisk() {
  const flushes: PromiseWithResolvers<void>[] = [];
  return {
    flushes,
    datasync: () => {
      const flush = Promise.withResolvers<void>();
      flushes.push(flush);
      return flush.promise;
    },
  };
}

test("flushes every 16 MiB while bytes arrive, one flush at a time, and once more at the end", async () => {
  const disk = slowDisk();
  const ahead = flushAhead(disk);
  ahead.noteWritten(15 * mebibyte);
  expect(disk.flushes).toHaveLength(0);
  ahead.noteWritten(mebibyte);
  ahead.noteWritten(40 * mebibyte);
  expect(disk.flushes).toHaveLength(1);

  const finished = ahead.finish();
  disk.flushes[0]?.resolve();
  await expect.poll(() => disk.flushes.length).toBe(2);
  disk.flushes[1]?.resolve();
  await finished;
});

test("a flush that failed on the way fails the file, although the last one would succeed", async () => {
  const disk = slowDisk();
  const ahead = flushAhead(disk);
  ahead.noteWritten(16 * mebibyte);
  disk.flushes[0]?.reject(new Error("EIO"));
  await expect(ahead.finish()).rejects.toThrow("EIO");
});

test("a file that is not flushed at its end leaves no rejection behind", async () => {
  const disk = slowDisk();
  flushAhead(disk).noteWritten(16 * mebibyte);
  disk.flushes[0]?.reject(new Error("EIO"));
  await new Promise(setImmediate);
});
