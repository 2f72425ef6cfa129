import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { findRendererFile, type RendererFile } from "../../shared/hosting/rendererFile.ts";

export type LoadedFile = Omit<RendererFile, "segments"> & { readonly bytes: Buffer };

/**
 * Reads the built window into memory, by URL path. A request then names a key, never a path on the disk, and a build that runs
 * beside an open window does not pull its files away.
 */
export async function loadRendererFiles(folder: string): Promise<ReadonlyMap<string, LoadedFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, LoadedFile>();
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const pathname = `/${relative(folder, path).split(sep).join("/")}`;
    const file = findRendererFile(pathname);
    if (file) files.set(pathname, { ...file, bytes: await readFile(path) });
  }
  const start = files.get("/index.html");
  if (start === undefined) throw new Error(`There is no built window in ${folder}. Run "npm run build" first.`);
  return files.set("/", start);
}
