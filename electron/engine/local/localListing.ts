import type { Dirent, Stats } from "node:fs";
import { access, lstat, readdir, readlink } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Entry, EntryType } from "../../../shared/models/entry.ts";
import { throwIfCancelled } from "../util/cancel.ts";
import { systemCodeOf, toLocalError } from "./localErrors.ts";

const entriesPerBatch = 1_000;
const statsAtOnce = 250; // enough for the four threads of the pool never to wait for us

/**
 * Reads a local folder; entries arrive in batches. Rejects with local-* kinds, `not-a-directory`, or `cancelled`.
 * An entry that goes away while the folder is read is left out.
 */
export async function listLocalFolder(
  path: string,
  onEntries: (entries: readonly Entry[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const found = await readNames(path);
  for (let start = 0; start < found.length; start += entriesPerBatch) {
    const batch: Entry[] = [];
    const end = Math.min(start + entriesPerBatch, found.length);
    for (let at = start; at < end; at += statsAtOnce) {
      throwIfCancelled(signal);
      const group = found.slice(at, Math.min(at + statsAtOnce, end));
      for (const entry of await Promise.all(group.map((dirent) => readEntry(path, dirent)))) {
        if (entry) batch.push(entry);
      }
    }
    onEntries(batch);
  }
  throwIfCancelled(signal);
}

/** The drives of a Windows system as folders: "C:", "D:". */
export async function listDrives(): Promise<Entry[]> {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const found = await Promise.all(
    letters.map((letter) =>
      access(`${letter}:\\`).then(
        () => [`${letter}:`],
        () => [],
      ),
    ),
  );
  return found.flat().map((name) => ({ ...unknownEntry(name), type: "directory" }));
}

async function readNames(path: string): Promise<Dirent[]> {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    throw toLocalError(error, path);
  }
}

async function readEntry(folder: string, dirent: Dirent): Promise<Entry | null> {
  const path = join(folder, dirent.name);
  try {
    const stats = await lstat(path);
    const linkTarget = stats.isSymbolicLink() ? await readlink(path).catch(() => null) : null;
    return toEntry(dirent.name, stats, linkTarget);
  } catch (error) {
    // A name that is no Unicode text cannot be asked about; it is shown all the same. Any other missing entry has just gone.
    if (systemCodeOf(error) === "ENOENT" && !dirent.name.includes("\uFFFD")) return null;
    return { ...unknownEntry(dirent.name), type: dirent.isDirectory() ? "directory" : "other" };
  }
}

function toEntry(name: string, stats: Stats, linkTarget: string | null): Entry {
  const hasOwners = process.platform !== "win32";
  return {
    name,
    wireName: name,
    type: typeOf(stats),
    size: stats.isFile() ? stats.size : null,
    modifiedMs: Math.trunc(stats.mtimeMs),
    modifiedPrecision: "second",
    permissions: hasOwners ? formatMode(stats.mode) : null,
    owner: hasOwners ? ownerName(stats.uid) : null,
    group: null,
    linkTarget,
  };
}

function unknownEntry(name: string): Entry {
  return {
    name,
    wireName: name,
    type: "other",
    size: null,
    modifiedMs: null,
    modifiedPrecision: "second",
    permissions: null,
    owner: null,
    group: null,
    linkTarget: null,
  };
}

export function typeOf(stats: Stats): EntryType {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  return stats.isSymbolicLink() ? "symlink" : "other";
}

/** 0o4755 → "rwsr-xr-x", as `ls -l` shows it. */
export function formatMode(mode: number): string {
  const special = [0o4000, 0o2000, 0o1000].map((bit) => (mode & bit) !== 0);
  return [6, 3, 0]
    .map((shift, who) => {
      const bits = (mode >> shift) & 0o7;
      const runs = (bits & 1) !== 0;
      const letter = who === 2 ? "t" : "s";
      const last = special[who] ? (runs ? letter : letter.toUpperCase()) : runs ? "x" : "-";
      return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`;
    })
    .join("");
}

function ownerName(uid: number): string {
  const me = currentUser();
  if (me.uid === uid) return me.username;
  return uid === 0 ? "root" : String(uid);
}

let user: { readonly uid: number; readonly username: string } | null = null;

/** Asked once: it never changes, and a system without a user database throws each time. */
function currentUser() {
  try {
    user ??= userInfo();
  } catch {
    user = { uid: -1, username: "" };
  }
  return user;
}
