import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashTree, writeTree } from "./testing/queueBench.ts";

const child = join(import.meta.dirname, "testing/queueChild.ts");
const kills = 8;
/** More seeds for a longer night: PORTSIDE_KILL_SEEDS=1,2,3. A seed that fails fails again. */
const seeds = (process.env.PORTSIDE_KILL_SEEDS ?? "11,12").split(",").map(Number);

let base = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "portside-kill-"));
});
afterEach(() => rm(base, { recursive: true, force: true }));

describe.each(["upload", "download"] as const)("killed again and again during the %s of a tree", (direction) => {
  test.each(seeds)(
    "F-process-02, -03, -05, -06, -07: it ends whole, with nothing moved twice (seed %i)",
    { timeout: 60_000 },
    async (seed) => {
      const [from, to] = direction === "upload" ? ["local", "remote"] : ["remote", "local"];
      const random = seededRandom(seed);
      const files: Record<string, Buffer> = {};
      for (let index = 0; index < 90; index++) {
        files[`tree/s${index % 9}/t${index % 4}/f${index}`] = randomBytes(Math.floor(random() ** 3 * 150_000));
      }
      await writeTree(join(base, from), files);

      let inFlight = 0;
      let mid = 0; // kills that hit a queue at work
      for (let count = 0; count < kills; count++) {
        const process = start(direction, count === 0);
        const closed = once(process, "close");
        await firstLine(process);
        await new Promise((resolve) => setTimeout(resolve, 5 + random() * 90));
        if (process.kill("SIGKILL")) mid += 1;
        await closed;
        inFlight += 3; // transfers at once
      }
      expect(mid).toBeGreaterThan(kills / 2);
      const last = start(direction, false);
      expect(await lastLine(last)).toMatchObject({ queued: 0, running: 0, failed: 0, waiting: 0, asked: 0 });

      expect(await hashTree(join(base, to))).toEqual(await hashTree(join(base, from)));
      expect((await readdir(join(base, to), { recursive: true })).filter((name) => name.endsWith(".part"))).toEqual([]);

      const moved = await bytesMoved();
      const sizes = await Promise.all(
        Object.keys(files).map(async (name) => [name, (await stat(join(base, from, name))).size] as const),
      );
      const twice = sizes.filter(([name, size]) => size > 0 && (moved.get(`/${name}`) ?? 0) >= 2 * size);
      // What an upload has written stays; what a download held in memory is fetched again, if it was in flight at a kill.
      expect(twice.length).toBeLessThanOrEqual(direction === "upload" ? 0 : inFlight);
      for (const [name, size] of sizes) {
        if (direction === "upload") expect(moved.get(`/${name}`) ?? 0).toBeLessThanOrEqual(size);
      }
    },
  );
});

function start(direction: string, isFirst: boolean): ChildProcess {
  return spawn(process.execPath, [child, base, direction, isFirst ? "add" : "go on"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function firstLine({ stdout }: ChildProcess): Promise<void> {
  if (stdout !== null) await once(stdout, "data");
}

async function lastLine({ stdout }: ChildProcess): Promise<unknown> {
  let text = "";
  for await (const chunk of stdout ?? []) text += String(chunk);
  return JSON.parse(/idle (?<summary>.*)/.exec(text)?.groups?.summary ?? "null");
}

async function bytesMoved(): Promise<Map<string, number>> {
  const moved = new Map<string, number>();
  for (const line of (await readFile(join(base, "moved.log"), "utf8")).split("\n")) {
    const space = line.indexOf(" ");
    const path = line.slice(space + 1).replace(/\/\.([^/]+)\.[0-9a-f]{8}\.part$/, "/$1"); // the name it had at first
    moved.set(path, (moved.get(path) ?? 0) + Number(line.slice(0, space)));
  }
  return moved;
}

/** Park–Miller: the same moments for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
