import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Page } from "@playwright/test";

const browserHost = resolve(import.meta.dirname, "../../dist/electron/browser-host.js");

/** A browser host of its own: own data folder, own home, own port. */
export type Portside = {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Where the local pane begins. */
  readonly home: string;
  readonly pid: number;
  /** Ends it as a user would (SIGTERM) and waits. */
  readonly stop: () => Promise<void>;
  /** Ends it as a power cut would (SIGKILL) and waits. */
  readonly kill: () => Promise<void>;
};

export type PortsideOptions = {
  readonly folder: string;
  /** Instead of `folder`/home. */
  readonly home?: string;
  readonly port?: number;
  readonly args?: readonly string[];
};

/** Starts the built browser host. `folder` holds its data and home folders, and survives it. */
export async function startPortside({
  folder,
  home = join(folder, "home"),
  port = 0,
  args = [],
}: PortsideOptions): Promise<Portside> {
  const dataDir = join(folder, "data");
  await mkdir(home, { recursive: true });
  const child = spawn(
    process.execPath,
    [browserHost, "--no-open", "--port", String(port), "--data-dir", dataDir, ...args],
    { env: { ...process.env, HOME: home, LANG: "en_US.UTF-8" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const url = await readAddress(child);
  return {
    url,
    port: Number(new URL(url).port),
    dataDir,
    home,
    pid: child.pid ?? 0,
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

/** A fresh folder below the system's temporary one, and its undo. */
export async function makeScratch(name: string): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), `portside-${name}-`));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Fails the test on any page error, and on any console error the test did not expect (CSP messages are errors). */
export function collectPageErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()}`);
  });
  return errors;
}

async function readAddress(child: ChildProcess): Promise<string> {
  if (!child.stdout || !child.stderr) throw new Error("The browser host has no output to read.");
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    said.push(line);
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line);
    if (address) {
      child.stdout.resume();
      return address[0];
    }
  }
  throw new Error(`The browser host ended without an address:\n${said.join("\n")}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}
