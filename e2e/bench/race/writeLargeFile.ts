import { randomFillSync } from "node:crypto";
import { open } from "node:fs/promises";

const blockBytes = 8 * 1024 * 1024;

/** Bytes that do not compress, written once. */
export async function writeLargeFile(path: string, bytes: number): Promise<void> {
  const block = Buffer.alloc(Math.min(blockBytes, bytes));
  const file = await open(path, "w");
  try {
    for (let written = 0; written < bytes; written += block.length) {
      randomFillSync(block);
      await file.write(block, 0, Math.min(block.length, bytes - written));
    }
  } finally {
    await file.close();
  }
}
