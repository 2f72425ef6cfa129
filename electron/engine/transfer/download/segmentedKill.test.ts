import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashTree, writeTree } from "../testing/queueBench.ts";

const child = join(import.meta.dirname, "../testing/queueChild.ts");
const size = 80 * 1024 * 1024;
const chunkBytes = 64 * 1024; // about 15 MB/s for each session

let base = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "portside-segments-kill-"));
});
afterEach(() => rm(base, { recursive: true, force: true }));

function start(isFirst: boolean) {
  const parameters = [child, base, "download", isFirst ? "add" : "go on", String(chunkBytes), "spares"];
  return spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "inherit"] });
}

/** Behind the last byte stands the map: more than one session has worked. */
async function untilItHasMap(): Promise<void> {
  const part = join(base, "local/tree/disk.img.part");
  const length = () =>
    stat(part).then(
      (found) => found.size,
      () => 0,
    );
  await expect.poll(length, { timeout: 20_000, interval: 20 }).toBeGreaterThan(size);
}

async function bytesMoved(): Promise<number> {
  const lines = (await readFile(join(base, "moved.log"), "utf8")).trimEnd().split("\n");
  return lines.reduce((sum, line) => sum + Number(line.split(" ")[0]), 0);
}

test("killed while a large file comes over several sessions, it ends whole, and goes on from its map", {
  timeout: 60_000,
}, async () => {
  await writeTree(join(base, "remote"), { "tree/disk.img": randomBytes(size) });
  for (const isFirst of [true, false, false]) {
    const process = start(isFirst);
    await once(process.stdout, "data");
    await untilItHasMap();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const closed = once(process, "close");
    process.kill("SIGKILL");
    await closed;
  }
  const last = start(false);
  let text = "";
  for await (const part of last.stdout) text += String(part);
  expect(text).toContain('"failed":0');
  expect(await hashTree(join(base, "local"))).toEqual(await hashTree(join(base, "remote")));
  // Each kill costs what came after the map was last written: two seconds at most, of four sessions.
  expect(await bytesMoved()).toBeLessThan(3 * size);
});
