import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The names of the files below a folder that hold these bytes. */
export async function filesHolding(folder: string, needle: Buffer): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const holding: string[] = [];
  for (const entry of entries) {
    if (entry.isFile() && (await readFile(join(entry.parentPath, entry.name))).includes(needle))
      holding.push(entry.name);
  }
  return holding;
}

/** A secret as it may stand in a file. */
export function formsOf(secret: string): Buffer[] {
  return [
    Buffer.from(secret),
    Buffer.from(encodeURIComponent(secret)),
    Buffer.from(Buffer.from(secret).toString("base64").replace(/=+$/, "")),
    Buffer.from(secret, "utf16le"),
  ];
}
