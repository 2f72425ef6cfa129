import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashTree, writeTree } from "../testing/queueBench.ts";

const child = join(import.meta.dirname, "../testing/planChild.ts");
const killsEach = 3;

let base = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "portside-plan-kill-"));
});
afterEach(() => rm(base, { recursive: true, force: true }));

describe.each(["upload", "download"] as const)("killed again and again with a plan (%s)", (direction) => {
  test("a plan is still a plan, a started one is carried out, and nothing is lost", { timeout: 120_000 }, async () => {
    const [from, to] = direction === "upload" ? ["local", "remote"] : ["remote", "local"];
    const files = Array.from({ length: 160 }, (_, index) => [`tree/s${index % 8}/t${index % 3}/f${index}`, `${index}`]);
    await writeTree(join(base, from), Object.fromEntries(files));
    await mkdir(join(base, to));

    for (let count = 0; count < killsEach; count++) await killAfter(5 + 30 * count, count === 0 ? "add" : "plan");
    const planned = await lastWords("plan");
    expect(planned).toMatchObject({ pending: 0, queued: 0, running: 0, completed: 0, failed: 0 });
    expect(await hashTree(join(base, to)), "nothing moves while it is a plan").toEqual({});

    for (let count = 0; count < killsEach; count++) await killAfter(5 + 60 * count, "start");
    expect(await lastWords("start")).toMatchObject({ queued: 0, running: 0, failed: 0, waiting: 0, pending: null });
    expect(await hashTree(join(base, to))).toEqual(await hashTree(join(base, from)));
  });

  async function killAfter(delayMs: number, deed: string): Promise<void> {
    const process = run(deed);
    const closed = once(process, "close");
    if (process.stdout !== null) await once(process.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    process.kill("SIGKILL");
    await closed;
  }

  async function lastWords(deed: string): Promise<unknown> {
    let text = "";
    for await (const chunk of run(deed).stdout ?? []) text += String(chunk);
    return JSON.parse(/ended (?<summary>.*)/.exec(text)?.groups?.summary ?? "null");
  }

  function run(deed: string): ChildProcess {
    return spawn(process.execPath, [child, base, direction, deed], { stdio: ["ignore", "pipe", "inherit"] });
  }
});
