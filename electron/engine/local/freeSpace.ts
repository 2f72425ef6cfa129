import { statfs } from "node:fs/promises";
import { dirname } from "node:path";

/** Bytes that may still be stored in a local folder, or in the nearest one above it that is there; null: nobody tells. */
export async function localFreeSpace(folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const { bavail, bsize } = await statfs(at);
      return bavail * bsize;
    } catch {
      if (dirname(at) === at) return null;
    }
  }
}
