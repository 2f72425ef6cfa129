import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Cost, Job } from "./contender.ts";

const run = promisify(execFile);

/** Runs a command that reads `script` from the file it is given, and measures it. Rejects, and ends it, when it takes too long. */
export async function measureScript(
  script: string,
  { patienceMs }: Job,
  command: (path: string) => readonly string[],
): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), "portside-bench-"));
  try {
    const path = join(folder, "script");
    await writeFile(path, script, { mode: 0o600 });
    return await measure(command(path), Math.ceil(patienceMs / 1000));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a command under bash's own clock, which counts the processor time of the command and its children. */
async function measure(command: readonly string[], seconds: number): Promise<Cost> {
  const script = "TIMEFORMAT='%R %U %S'; time timeout \"$@\"";
  const { stderr } = await run("bash", ["-c", script, "bash", String(seconds), ...command], {
    env: { ...process.env, LC_ALL: "C" },
    maxBuffer: 16 * 1024 * 1024,
  }).catch((error) => {
    if (error.code === timedOut) throw new Error(`${command[0]} did not finish within ${seconds} s.`, { cause: error });
    throw error;
  });
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = (stderr.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  if (Number.isNaN(wall + user + system)) throw new Error(`${command[0]} said: ${stderr}`);
  return { wallMs: wall * 1000, cpuMs: (user + system) * 1000 };
}

const timedOut = 124; // the exit code of timeout(1)
