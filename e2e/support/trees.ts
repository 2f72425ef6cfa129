import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { pipeline } from "node:stream/promises";

export type TreePlan = {
  readonly files: number;
  /** How many nested folders the files are spread over, in chains of four. */
  readonly folders: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly seed: number;
};

/** Writes a tree of files with pseudo-random content that a seed repeats. */
export async function writeTree(root: string, plan: TreePlan): Promise<void> {
  const random = createRandom(plan.seed);
  const folders = Array.from({ length: plan.folders }, (_, index) => folderName(index));
  await mkdir(root, { recursive: true });
  for (const folder of folders) await mkdir(join(root, folder), { recursive: true });
  for (let index = 0; index < plan.files; index++) {
    const folder = folders[index % folders.length] ?? "";
    const bytes = Math.floor(plan.minBytes + random() * (plan.maxBytes - plan.minBytes));
    await writeFile(join(root, folder, `file ${String(index).padStart(4, "0")}.bin`), randomBytes(bytes, random));
  }
}

/** SHA-256 of every file below a folder, by relative path: what two equal trees agree in. */
export async function hashTree(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes: Record<string, string> = {};
  for (const file of files.sort()) hashes[relative(root, file)] = await hashFile(file);
  return hashes;
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** "level 1/level 2/level 3/…": every fourth folder begins a new chain. */
function folderName(index: number): string {
  const chain = Math.floor(index / 4);
  const depth = index % 4;
  return Array.from({ length: depth + 1 }, (_, level) => `chain ${chain} level ${level}`).join("/");
}

function randomBytes(count: number, random: () => number): Buffer {
  const bytes = Buffer.alloc(count);
  for (let offset = 0; offset + 4 <= count; offset += 4)
    bytes.writeUInt32LE(Math.floor(random() * 0x1_0000_0000), offset);
  return bytes;
}

/** Mulberry32: small, fast and the same everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
