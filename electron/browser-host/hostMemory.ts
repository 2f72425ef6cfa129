import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";

const hostMemorySchema = z.object({
  port: z.nullable(z.int().check(z.gte(1), z.lte(65_535))),
  /** Browsers that have shown a token: SHA-256 of their cookie, hex, and when they did. */
  browsers: z.array(z.object({ cookieHash: z.string(), sinceMs: z.number() })),
});

/** What the browser host keeps between runs, so that an open window goes on after a restart. */
export type HostMemory = z.infer<typeof hostMemorySchema>;

/** Reads it from the data folder. A missing or damaged file is forgotten: all it costs is to open a new address. */
export async function loadHostMemory(folder: string): Promise<HostMemory> {
  try {
    return hostMemorySchema.parse(JSON.parse(await readFile(fileIn(folder), "utf8")));
  } catch {
    return { port: null, browsers: [] };
  }
}

export async function saveHostMemory(folder: string, memory: HostMemory): Promise<void> {
  const next = `${fileIn(folder)}.next`;
  await writeFile(next, JSON.stringify(memory), { mode: 0o600 });
  await rename(next, fileIn(folder)); // whole or not at all
}

function fileIn(folder: string): string {
  return join(folder, "browser-host.json");
}
