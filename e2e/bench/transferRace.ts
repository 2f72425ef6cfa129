import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type RealServer, startVsftpd } from "../ftpd/realServers.ts";
import { type SlowLineOptions, startSlowLine } from "../ftpd/slowLine.ts";
import { hashTree, writeTree } from "../support/trees.ts";
import type { Contender, Cost, Job } from "./contender.ts";
import { median } from "./statistics.ts";
import { writeLargeFile } from "./writeLargeFile.ts";

const run = promisify(execFile);

export type RaceSize = {
  readonly largeBytes: number;
  readonly smallFiles: number;
  readonly smallBytes: number;
  readonly rounds: number;
  /** Transfers at once, for the cases with many files. */
  readonly parallels: readonly number[];
};

export type RaceCase = Pick<Job, "direction" | "shape" | "parallel" | "name"> & { readonly title: string };

export type RaceResult = {
  readonly title: string;
  readonly contenders: readonly {
    readonly name: string;
    readonly runs: readonly Cost[];
    readonly medianMs: number;
    readonly medianCpuMs: number;
  }[];
};

export function listCases({ largeBytes, smallFiles, smallBytes, parallels }: RaceSize): RaceCase[] {
  const large = `${Math.round(largeBytes / 1024 ** 2)} MiB`;
  const small = `${smallFiles} × ${smallBytes / 1024} KiB`;
  const directions = ["download", "upload"] as const;
  return [
    ...directions.map((direction) => ({
      title: `${large} ${direction}`,
      direction,
      shape: "file" as const,
      name: "large.bin",
      parallel: 2,
    })),
    ...parallels.flatMap((parallel) =>
      directions.map((direction) => ({
        title: `${small} ${direction}, ${parallel} at once`,
        direction,
        shape: "folder" as const,
        name: "many",
        parallel,
      })),
    ),
  ];
}

/** What is raced, and how far the server is; `line` null: it is this computer. */
export type Course = { readonly cases: readonly RaceCase[]; readonly line: SlowLineOptions | null };

/** One large file from far away: what a single connection can bring is held down by the line. */
export function farCourse({ largeBytes }: RaceSize): Course {
  const line = { roundTripMs: 100, bytesPerSecond: 25e6 };
  const title = `${Math.round(largeBytes / 1024 ** 2)} MiB download, 100 ms away, 25 MB/s a connection`;
  return { cases: [{ title, direction: "download", shape: "file", name: "large.bin", parallel: 2 }], line };
}

/**
 * Runs every case `rounds` times, the contenders taking turns within a round, so that a slow minute of the machine hits them all. Each
 * run starts from an empty target, and its result is compared with the source by count and bytes, in the first round by content.
 */
export async function race(
  size: RaceSize,
  contenders: readonly Contender[],
  say: (line: string) => void,
  course: Course = { cases: listCases(size), line: null },
): Promise<RaceResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "portside-race-"));
  const server = await startVsftpd({ logsDialogue: false });
  const line = course.line === null ? null : await startSlowLine(server, course.line);
  try {
    const tracks = { source: join(folder, "source"), target: join(folder, "target") };
    await prepareSources(size, tracks.source, server);
    const results: RaceResult[] = [];
    for (const one of course.cases) {
      say(one.title);
      results.push(
        await raceCase(one, size.rounds, contenders, tracks, { ...server, ...line, stop: server.stop }, say),
      );
    }
    return results;
  } finally {
    await line?.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Tracks = { readonly source: string; readonly target: string };

async function prepareSources(size: RaceSize, source: string, server: RealServer): Promise<void> {
  const onServer = join(server.root, "data");
  await mkdir(source, { recursive: true });
  await writeLargeFile(join(source, "large.bin"), size.largeBytes);
  const { smallBytes, smallFiles } = size;
  const folders = Math.max(1, Math.round(smallFiles / 100));
  await writeTree(join(source, "many"), {
    files: smallFiles,
    folders,
    minBytes: smallBytes,
    maxBytes: smallBytes,
    seed: 5,
  });
  await run("cp", ["-r", source, onServer]);
  server.handOver();
}

async function raceCase(
  one: RaceCase,
  rounds: number,
  contenders: readonly Contender[],
  tracks: Tracks,
  server: RealServer,
  say: (line: string) => void,
): Promise<RaceResult> {
  const runs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const job = await clearTrack(one, tracks, server);
      const cost = await contender.run(job, server);
      await checkResult(job, tracks, server, round === 0);
      runs.get(contender.name)?.push(cost);
      say(`  ${contender.name.padEnd(10)} ${(cost.wallMs / 1000).toFixed(2)} s`);
    }
  }
  return {
    title: one.title,
    contenders: Array.from(runs, ([name, costs]) => ({
      name,
      runs: costs,
      medianMs: median(costs.map(({ wallMs }) => wallMs)),
      medianCpuMs: median(costs.map(({ cpuMs }) => cpuMs)),
    })),
  };
}

const received = "received";

/** Empties both targets and lets the disk settle, so that nobody pays for what the one before wrote. */
async function clearTrack(one: RaceCase, { source, target }: Tracks, server: RealServer): Promise<Job> {
  const onServer = join(server.root, received);
  for (const folder of [target, onServer]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  }
  const isDownload = one.direction === "download";
  server.handOver(onServer);
  await run("sync");
  return { ...one, localFolder: isDownload ? target : source, remoteFolder: isDownload ? "/data" : `/${received}` };
}

async function checkResult(
  job: Job,
  { source, target }: Tracks,
  server: RealServer,
  byContent: boolean,
): Promise<void> {
  const arrived = join(job.direction === "download" ? target : join(server.root, received), job.name);
  const expected = join(source, job.name);
  const isSame = byContent ? await hasSameContent(expected, arrived) : await hasSameSize(expected, arrived);
  if (!isSame) throw new Error(`${arrived} is not what was sent.`);
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
