import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Where an unpacked package keeps its libraries, as LD_LIBRARY_PATH wants them: "…/usr/lib:…/usr/lib/x86_64-linux-gnu". */
export async function findLibraryFolders(packageFolder: string): Promise<string> {
  const folders: string[] = [];
  for (const base of ["lib", "usr/lib"]) {
    const entries = await readdir(join(packageFolder, base), { withFileTypes: true }).catch(() => []);
    const systems = entries.filter((entry) => entry.isDirectory() && entry.name.endsWith("-linux-gnu"));
    folders.push(join(packageFolder, base), ...systems.map((entry) => join(packageFolder, base, entry.name)));
  }
  return folders.join(":");
}
