import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Cost } from "../contender.ts";
import type { Display } from "./display.ts";
import type { Profile } from "./profile.ts";

/** FileZilla with its window open and its queue read. */
export type RunningFilezilla = {
  /** From its start until it had read its queue. */
  readonly openedMs: number;
  /** What it holds in memory. */
  readonly countMebibytes: () => Promise<number>;
  /** Has the queue processed and resolves at its end. Rejects after `limitMs`, or when FileZilla ends before. */
  readonly processQueue: (limitMs: number) => Promise<Cost>;
  readonly close: () => Promise<void>;
};

const openLimitMs = 120_000; // a million rows take their time

/** Starts FileZilla in a home of its own. It ends with its display, when not before. */
export async function startFilezilla(profile: Profile, display: Display): Promise<RunningFilezilla> {
  const writtenMs = await readTimeMs(profile.queuePath);
  const began = performance.now();
  const child = spawn("filezilla", { cwd: profile.home, env: environment(profile, display), stdio: "ignore" });
  await once(child, "spawn");
  const close = () => end(child);
  try {
    // The file's time tells, not its content: whoever reads the file locks FileZilla out.
    const hasRead = async () => (await readTimeMs(profile.queuePath)) !== writtenMs;
    await until(hasRead, child, openLimitMs, "read its queue");
    const openedMs = performance.now() - began;
    await display.untilWindow("FileZilla", openLimitMs);
    return {
      openedMs,
      countMebibytes: () => countMebibytes(child),
      processQueue: (limitMs) => processQueue(profile, display, child, limitMs),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nothing of the user's own: neither their settings nor their session bus, where FileZilla would tell that it has finished. */
function environment({ home }: Profile, { name }: Display): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { PATH, HOME: home, DISPLAY: name, LC_ALL: "C.UTF-8", DBUS_SESSION_BUS_ADDRESS: "disabled:" };
}

/** The clock starts when the keys have been pressed: what presses them is not FileZilla. */
async function processQueue(
  { finishedPath }: Profile,
  display: Display,
  child: ChildProcess,
  limitMs: number,
): Promise<Cost> {
  const cpuBeforeMs = await countCpuMs(child);
  await display.press("ctrl+p");
  const began = performance.now();
  await until(async () => (await readTimeMs(finishedPath)) !== null, child, limitMs, "finish its queue");
  const wallMs = performance.now() - began;
  return { wallMs, cpuMs: (await countCpuMs(child)) - cpuBeforeMs };
}

const lookEachMs = 10;

async function until(isSo: () => Promise<boolean>, child: ChildProcess, limitMs: number, what: string): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await isSo())) {
    if (hasEnded(child)) throw new Error(`FileZilla ended before it could ${what}.`);
    if (performance.now() > deadline) throw new Error(`FileZilla did not ${what} within ${limitMs / 1000} s.`);
    await delay(lookEachMs);
  }
}

/** null: there is no such file. */
async function readTimeMs(path: string): Promise<number | null> {
  const stats = await stat(path).catch(() => null);
  return stats?.mtimeMs ?? null;
}

const clockTickMs = 10; // Linux counts hundredths of a second for programs, whatever it counts for itself

/** From "/proc/PID/stat": "4711 (filezilla) S …"; user and system time are the 14th and 15th value. */
async function countCpuMs({ pid }: ChildProcess): Promise<number> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8");
  const [user = Number.NaN, system = Number.NaN] = line
    .slice(line.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user + system) * clockTickMs;
}

/** From "/proc/PID/status": "VmRSS:	  157800 kB". */
async function countMebibytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(?<kibibytes>\d+) kB$/m.exec(status)?.groups?.kibibytes) / 1024;
}

/** It is not asked to close: it would want to keep its queue. */
async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
