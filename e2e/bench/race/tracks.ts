import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RealServer } from "../../ftpd/realServers.ts";
import { hashTree, writeTree } from "../../support/trees.ts";
import type { Job } from "../contenders/contender.ts";
import type { FileSet } from "./raceCase.ts";
import { writeLargeFile } from "./writeLargeFile.ts";

const run = promisify(execFile);

/** What is moved, on both sides of a server, and where it goes to. */
export type Tracks = {
  /** Empties both targets and lets the disk settle, so that nobody pays for what the one before wrote. */
  readonly clear: () => Promise<void>;
  readonly folders: (direction: Job["direction"]) => Pick<Job, "localFolder" | "remoteFolder">;
  /** Throws unless what arrived is what was sent: by count and bytes, or by every byte. */
  readonly check: (direction: Job["direction"], byContent: boolean) => Promise<void>;
  readonly remove: () => Promise<void>;
};

export const goods = "goods";
const received = "received";

export async function layTracks(files: FileSet, server: RealServer): Promise<Tracks> {
  const folder = await mkdtemp(join(tmpdir(), "portside-race-"));
  const source = join(folder, "source");
  const target = join(folder, "target");
  const onServer = join(server.root, "data");
  await mkdir(source);
  await writeFiles(join(source, goods), files);
  await run("cp", ["-r", source, onServer]);
  server.handOver();

  return {
    clear: async () => {
      for (const emptied of [target, join(server.root, received)]) {
        await rm(emptied, { recursive: true, force: true });
        await mkdir(emptied);
      }
      server.handOver(join(server.root, received));
      await run("sync");
    },
    folders: (direction) =>
      direction === "download"
        ? { localFolder: target, remoteFolder: "/data" }
        : { localFolder: source, remoteFolder: `/${received}` },
    check: async (direction, byContent) => {
      const arrived = join(direction === "download" ? target : join(server.root, received), goods);
      const isSame = byContent ? hasSameContent : hasSameSize;
      if (!(await isSame(join(source, goods), arrived))) throw new Error(`${arrived} is not what was sent.`);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function writeFiles(path: string, files: FileSet): Promise<void> {
  if (files.shape === "file") return writeLargeFile(path, files.bytes);
  const { count, folders, bytes } = files;
  await writeTree(path, { files: count, folders, minBytes: bytes, maxBytes: bytes, seed: 5 });
}

async function hasSameContent(first: string, second: string): Promise<boolean> {
  if ((await stat(first)).isFile()) return (await run("cmp", [first, second]).catch(() => null)) !== null;
  return JSON.stringify(await hashTree(first)) === JSON.stringify(await hashTree(second));
}

async function hasSameSize(first: string, second: string): Promise<boolean> {
  const [one, other] = await Promise.all([first, second].map(countTree));
  return one?.files === other?.files && one?.bytes === other?.bytes;
}

async function countTree(path: string): Promise<{ files: number; bytes: number }> {
  const stats = await stat(path);
  if (stats.isFile()) return { files: 1, bytes: stats.size };
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
