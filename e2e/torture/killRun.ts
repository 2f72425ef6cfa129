import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { RealServer } from "../ftpd/realServers.ts";
import { startVsftpd } from "../ftpd/realServers.ts";
import { finalNameOf } from "../support/finalName.ts";
import { makeScratch } from "../support/portside.ts";
import { createRandom, writeTree } from "../support/trees.ts";
import { countEntries } from "./goods.ts";
import { expectSameTree } from "./judge.ts";
import type { Life } from "./killedEngine.ts";

export type KillPlan = {
  readonly seed: number;
  readonly kills: number /** Files of a wave, half of them each way. */;
  readonly files: number;
};

export type KillReport = {
  readonly seed: number;
  readonly kills: number;
  /** Kills that met the engine while it was still starting. */
  readonly killsAtStart: number;
  /** Drops that were begun, killed again and again, and finished. */
  readonly waves: number;
  readonly transfers: number;
  /** Small files that the server sent or took in full more than once: each had ended when its engine was stopped unawares. */
  readonly repeatedSmallFiles: number;
};

const largeBytes = 24 * 1024 * 1024; // far more than the sockets between hold
const largeFiles = 4;
const lifeMs = 700; // a life ends within this, once its files move
const startMs = 300; // some before they have read their queue,
const connectingMs = 150; // some before a byte has moved

/**
 * Kills the engine with SIGKILL at random moments while files move both ways through vsftpd, until all have arrived, again and again.
 * Judged from outside: by the bytes on both disks and by the server's own log. Throws at the first thing that is lost, doubled or wrong.
 */
export async function runKills(plan: KillPlan, say: (line: string) => void): Promise<KillReport> {
  const random = createRandom(plan.seed);
  const report = { seed: plan.seed, kills: 0, killsAtStart: 0, waves: 0, transfers: 0, repeatedSmallFiles: 0 };
  while (report.kills < plan.kills) {
    const wave = await runWave(plan, random, plan.kills - report.kills);
    report.waves += 1;
    report.kills += wave.kills;
    report.killsAtStart += wave.killsAtStart;
    report.transfers += wave.transfers;
    report.repeatedSmallFiles += wave.repeatedSmallFiles;
    say(`  ${report.kills} kills, ${report.transfers} transfers, all there`);
  }
  return report;
}

type Wave = Pick<KillReport, "kills" | "killsAtStart" | "transfers" | "repeatedSmallFiles">;

async function runWave({ files }: KillPlan, random: () => number, mostKills: number): Promise<Wave> {
  const { folder, remove } = await makeScratch("kills");
  const server = await startVsftpd();
  try {
    const half = Math.ceil(files / 2);
    const seed = Math.floor(random() * 1e9);
    await writeGoods(join(folder, "up"), half, seed);
    await writeGoods(join(server.root, "down"), half, seed + 1);
    await mkdir(join(server.root, "in"));
    await mkdir(join(folder, "in"));
    server.handOver();
    const drop = { upload: join(folder, "up"), uploadTo: "/in", download: "/down", downloadTo: join(folder, "in") };
    const lives = await liveUntilDone({ folder: join(folder, "engine"), server, drop, random, mostKills });

    await expectSameTree(join(folder, "up"), join(server.root, "in/up"), "uploaded");
    await expectSameTree(join(server.root, "down"), join(folder, "in/down"), "downloaded");
    const rows = (await countEntries(join(folder, "up"))) + (await countEntries(join(server.root, "down"))) + 2;
    if (lives.failed !== 0) throw new Error(`${lives.failed} transfers failed`);
    if (lives.completed !== rows) throw new Error(`${lives.completed} transfers are done, ${rows} were dropped`);
    return { ...lives, transfers: rows, repeatedSmallFiles: await countRepeated(server, lives) };
  } finally {
    await server.stop();
    await remove();
  }
}

async function writeGoods(root: string, files: number, seed: number): Promise<void> {
  await writeTree(root, { files, folders: 12, minBytes: 0, maxBytes: 60_000, seed });
  await writeTree(join(root, "large"), {
    files: largeFiles,
    folders: 1,
    minBytes: largeBytes,
    maxBytes: largeBytes,
    seed: seed + 7,
  });
}

type Lives = {
  readonly folder: string;
  readonly server: RealServer;
  readonly drop: NonNullable<Life["drop"]>;
  readonly random: () => number;
  readonly mostKills: number;
};

async function liveUntilDone({ folder, server, drop, random, mostKills }: Lives) {
  let [kills, killsAtStart, pauses] = [0, 0, 0];
  const { port, user, password } = server;
  for (let isDropped = false; ; ) {
    const seed = Math.floor(random() * 1e9);
    const onPause = () => {
      pauses += 1;
    };
    const child = startLife({ folder, port, user, password, seed, drop: isDropped ? null : drop }, onPause);
    // The first life is let queue its drop; one in eight of the others does not live to see its queue, and one in eight connects in vain.
    const luck = random();
    const diesAtStart = isDropped && luck < 0.125;
    const diesConnecting = luck > 0.875;
    const delayMs = random() * (diesAtStart ? startMs : diesConnecting ? connectingMs : lifeMs);
    if (!diesAtStart) {
      await child.ready;
      isDropped = true;
    }
    const isBusy = diesAtStart || diesConnecting ? Promise.resolve() : child.moving;
    const death = kills < mostKills ? isBusy.then(() => pause(delayMs)) : new Promise<never>(() => {});
    const settled = await Promise.race([child.settled, death]);
    if (settled) {
      await child.ended;
      return { kills, killsAtStart, pauses, ...settled };
    }
    child.kill();
    await child.ended;
    kills += 1;
    if (diesAtStart) killsAtStart += 1;
  }
}

function pause(delayMs: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), delayMs));
}

function startLife(life: Life, onPause: () => void) {
  const script = resolve(import.meta.dirname, "killedEngine.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(life)], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  return { ...listen(child, onPause), ended, kill: () => child.kill("SIGKILL") };
}

function listen(child: ChildProcess, onPause: () => void) {
  const ready = Promise.withResolvers<void>();
  const moving = Promise.withResolvers<void>();
  const settled = Promise.withResolvers<{ readonly completed: number; readonly failed: number }>();
  for (const { promise } of [ready, moving, settled]) promise.catch(() => {});
  const errors: string[] = [];
  child.stderr?.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line === "ready") ready.resolve();
      if (line === "moving") moving.resolve();
      if (line === "stopping") onPause();
      if (line.startsWith("settled ")) settled.resolve(JSON.parse(line.slice("settled ".length)));
    });
  }
  child.once("close", () => {
    if (child.signalCode === "SIGKILL") return;
    const error = new Error(`The engine ended by itself with ${child.exitCode}:\n${errors.join("")}`);
    for (const { reject } of [ready, moving, settled]) reject(error);
  });
  return { ready: ready.promise, moving: moving.promise, settled: settled.promise };
}

/** By the server's own log. Throws when a large file was moved in full twice: sockets cannot hold one, so it must have been continued. */
async function countRepeated(
  server: RealServer,
  { kills, pauses }: { readonly kills: number; readonly pauses: number },
): Promise<number> {
  const full = new Map<string, number>();
  for (const { path: seenPath, bytes, isComplete } of await server.transfersSeen()) {
    const path = finalNameOf(seenPath);
    const { size } = await stat(join(server.root, path)).catch(() => ({ size: -1 }));
    if (isComplete && bytes === size) full.set(path, (full.get(path) ?? 0) + 1);
    if (size >= largeBytes && (full.get(path) ?? 0) > 1) throw new Error(`${path} was moved in full twice`);
  }
  const repeated = [...full.values()].reduce((sum, count) => sum + count - 1, 0);
  const atMost = (kills + pauses) * 8; // what ran when it was stopped
  if (repeated > atMost) throw new Error(`${repeated} files were moved again: ${kills} kills, ${pauses} pauses`);
  return repeated;
}
