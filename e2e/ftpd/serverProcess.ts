import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { guarded } from "../support/guarded.ts";
import type { Privileges } from "./privileges.ts";

/** How to start a server program in the foreground. */
export type ServerStart = { readonly command: readonly string[]; readonly env: Readonly<Record<string, string>> };

export type Greeting = {
  readonly host: string;
  readonly port: number;
  /** Implicit TLS: the server waits for us, so being connected is all there is to see. */
  readonly isSilent: boolean;
  /** Sessions are counted: our visit must be over before the next one comes. */
  readonly countsVisits: boolean;
};

const startLimitMs = 15_000;
const visitMs = 300; // our visit counts as a session until the server has noticed that its process ended

/** Starts a server program in a process group of its own; what it says goes to a file. */
export function spawnServer({ command, env }: ServerStart, outputPath: string, { prefix }: Privileges): ChildProcess {
  const output = openSync(outputPath, "a");
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const [program = "", ...args] = [...prefix, "env", ...variables, ...guarded(command)];
  try {
    // A process group of its own, so that its sessions end with it and nothing else does.
    return spawn(program, args, { detached: true, stdio: ["pipe", output, output] });
  } finally {
    closeSync(output);
  }
}

/** Resolves when the server answers on its port; rejects when it ends before, or is silent for too long. */
export async function waitForGreeting(
  child: ChildProcess,
  { host, port, isSilent, countsVisits }: Greeting,
): Promise<void> {
  const deadline = Date.now() + startLimitMs;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    if (await answers(host, port, isSilent)) {
      if (countsVisits) await delay(visitMs);
      return;
    }
    await delay(20);
  }
  throw new Error(`It gave no greeting within ${startLimitMs} ms.`);
}

/** Ends the server with every session it has, and nothing else. */
export async function endServer(child: ChildProcess, privileges: Privileges): Promise<void> {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const sessions = await findDescendants(child.pid ?? 0); // each session of vsftpd leads a process group of its own
  const signalGroup = (signal: string) => {
    for (const leader of [child.pid, ...sessions]) {
      try {
        privileges.runAsRoot(["kill", `-${signal}`, "--", `-${leader}`]);
      } catch {
        // the group is gone already, or the process leads none
      }
    }
  };
  if (!hasEnded()) {
    const ended = once(child, "exit");
    signalGroup("TERM");
    const patience = new AbortController();
    await Promise.race([ended, delay(2_000, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort(); // no timer is left behind
  }
  signalGroup("KILL"); // sessions that did not hear the first signal
  if (!hasEnded()) await once(child, "exit");
}

/** Whether the server greets. With implicit TLS it waits for us, so being connected is all there is to see. */
async function answers(host: string, port: number, isSilent: boolean): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, "connect");
    if (isSilent) return true;
    const [greeting] = await once(socket, "data", { signal: AbortSignal.timeout(2_000) });
    return String(greeting).startsWith("220");
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** The processes a process has started, and theirs, from "/proc/PID/stat": "4711 (vsftpd) S 4710 …". */
async function findDescendants(pid: number): Promise<number[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const processes = await Promise.all(
    names.map(async (name) => {
      const line = await readFile(`/proc/${name}/stat`, "utf8").catch(() => ""); // it may have ended meanwhile
      return { pid: Number(name), parent: Number(line.slice(line.lastIndexOf(")") + 2).split(" ")[1]) };
    }),
  );
  const below = (parent: number): number[] =>
    processes.flatMap((each) => (each.parent === parent ? [each.pid, ...below(each.pid)] : []));
  return below(pid);
}
