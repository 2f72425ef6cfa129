import type { Stats } from "node:fs";
import { constants } from "node:fs";
import { chmod, type FileHandle, lstat, mkdir, open, readdir, rename, rmdir, unlink, utimes } from "node:fs/promises";
import { Refusal } from "./reply.ts";
import { isNameForDisk, namesOf, parentOf, type VirtualPath } from "./virtualPath.ts";

export type VirtualEntry = { readonly name: string; readonly stats: Stats };

/**
 * The served folder. Every way in goes through `locate`, which refuses links wherever they stand in a path: nothing outside the root
 * is ever read, changed or named. Rejects with Refusal or the system's own error.
 */
export type VirtualFiles = {
  readonly inspect: (path: VirtualPath) => Promise<Stats>;
  readonly requireFolder: (path: VirtualPath) => Promise<void>;
  /** Entries of a folder in the disk's order; links are left out. */
  readonly list: (path: VirtualPath) => AsyncGenerator<VirtualEntry>;
  readonly openToRead: (path: VirtualPath) => Promise<{ readonly handle: FileHandle; readonly size: number }>;
  /** Writes from `offset` on and drops what lay behind it; "end" appends. Refuses offsets beyond the end. RFC 3659 §5. */
  readonly openToWrite: (
    path: VirtualPath,
    offset: number | "end",
  ) => Promise<{ readonly handle: FileHandle; readonly offset: number }>;
  readonly makeFolder: (path: VirtualPath) => Promise<void>;
  readonly removeFolder: (path: VirtualPath) => Promise<void>;
  readonly removeFile: (path: VirtualPath) => Promise<void>;
  readonly rename: (from: VirtualPath, to: VirtualPath) => Promise<void>;
  readonly setMode: (path: VirtualPath, mode: number) => Promise<void>;
  readonly setModified: (path: VirtualPath, modifiedMs: number) => Promise<void>;
};

const entriesAtOnce = 64; // enough to keep the disk busy, few enough to stay small

/** `root` is a real folder on disk, without links in it that the caller minds. */
export function createVirtualFiles(root: string, platform: NodeJS.Platform = process.platform): VirtualFiles {
  const rootBytes = Buffer.from(root);

  function onDisk(path: VirtualPath): Buffer {
    const names = namesOf(path);
    if (!names.every((name) => isNameForDisk(name, platform))) throw new Refusal(553, "That name is not allowed here.");
    return Buffer.concat([rootBytes, ...names.map((name) => Buffer.from(`/${name}`, "latin1"))]);
  }

  /** Checks every folder on the way, and what stands at the end of it if something does. */
  async function locate(path: VirtualPath): Promise<{ disk: Buffer; stats: Stats | null }> {
    if (path !== "/") {
      const parent = await locate(parentOf(path));
      if (!parent.stats) throw new Refusal(550, "No such file or folder.");
      if (!parent.stats.isDirectory()) throw new Refusal(550, "That is not a folder.");
    }
    const disk = onDisk(path);
    const stats = await lstat(disk).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    if (stats?.isSymbolicLink()) throw new Refusal(550, "Links are not followed.");
    return { disk, stats };
  }

  async function locateExisting(path: VirtualPath): Promise<{ disk: Buffer; stats: Stats }> {
    const { disk, stats } = await locate(path);
    if (!stats) throw new Refusal(550, "No such file or folder.");
    return { disk, stats };
  }

  async function locateFolder(path: VirtualPath): Promise<Buffer> {
    const { disk, stats } = await locateExisting(path);
    if (!stats.isDirectory()) throw new Refusal(550, "That is not a folder.");
    return disk;
  }

  async function locateFile(path: VirtualPath): Promise<Buffer> {
    const { disk, stats } = await locateExisting(path);
    if (!stats.isFile()) throw new Refusal(550, "That is not a file.");
    return disk;
  }

  async function locateBelowRoot(path: VirtualPath): Promise<Buffer> {
    if (path === "/") throw new Refusal(550, "The top folder stays as it is.");
    return (await locateExisting(path)).disk;
  }

  return {
    inspect: async (path) => (await locateExisting(path)).stats,
    requireFolder: async (path) => void (await locateFolder(path)),
    list: async function* (path) {
      const folder = await locateFolder(path);
      const names = await readdir(folder, { encoding: "buffer" });
      for (let first = 0; first < names.length; first += entriesAtOnce) {
        const some = names.slice(first, first + entriesAtOnce);
        const inspected = await Promise.all(some.map((name) => inspectEntry(folder, name)));
        yield* inspected.filter((entry) => entry !== null);
      }
    },
    openToRead: async (path) => {
      const handle = await open(await locateFile(path), constants.O_RDONLY | noFollow);
      return { handle, size: (await handle.stat()).size };
    },
    openToWrite: async (path, offset) => {
      const { disk, stats } = await locate(path);
      if (stats && !stats.isFile()) throw new Refusal(550, "That is not a file.");
      const size = stats?.size ?? 0;
      const start = offset === "end" ? size : offset;
      if (start > size) throw new Refusal(554, `Cannot continue at ${start}: there are ${size} bytes.`);
      const handle = await open(disk, constants.O_WRONLY | constants.O_CREAT | noFollow, 0o644);
      try {
        await handle.truncate(start);
      } catch (error) {
        await handle.close();
        throw error;
      }
      return { handle, offset: start };
    },
    makeFolder: async (path) => {
      const { disk, stats } = await locate(path);
      if (stats) throw new Refusal(550, "That exists already.");
      await mkdir(disk);
    },
    removeFolder: async (path) => {
      const disk = await locateBelowRoot(path);
      await locateFolder(path);
      await rmdir(disk);
    },
    removeFile: async (path) => unlink(await locateFile(path)),
    rename: async (from, to) => {
      const source = await locateBelowRoot(from);
      const { disk: target, stats } = await locate(to);
      if (stats?.isDirectory()) throw new Refusal(553, "A folder of that name exists already.");
      await rename(source, target);
    },
    setMode: async (path, mode) => chmod(await locateBelowRoot(path), mode),
    setModified: async (path, modifiedMs) => {
      const { disk, stats } = await locateExisting(path);
      await utimes(disk, stats.atimeMs / 1000, modifiedMs / 1000);
    },
  };
}

/** Missing on Windows, where opening does not follow what `locate` refused anyway. */
const noFollow = constants.O_NOFOLLOW ?? 0;

/** null for links and for what went away in the meantime. */
async function inspectEntry(folder: Buffer, name: Buffer): Promise<VirtualEntry | null> {
  const stats = await lstat(Buffer.concat([folder, Buffer.from("/"), name])).catch(() => null);
  if (!stats || stats.isSymbolicLink()) return null;
  return { name: name.toString("latin1"), stats };
}
