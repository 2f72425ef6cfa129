import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { guarded } from "../../../support/guarded.ts";

const run = promisify(execFile);

/** A screen that nobody sees, for programs that need one. */
export type Display = {
  /** What a program on it has in DISPLAY: ":7". */
  readonly name: string;
  /** Resolves when a window with these words in its title is on the screen. Rejects after `limitMs`. */
  readonly untilWindow: (title: string, limitMs: number) => Promise<void>;
  /** Presses keys ("ctrl+p") in the window that is there. */
  readonly press: (keys: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts Xvfb on a number that is free. It ends with us, however we end, and its programs with it. Rejects when it does not come up. */
export async function openDisplay(): Promise<Display> {
  const [program = "", ...programArgs] = guarded(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24"]);
  const child = spawn(program, programArgs, { stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(child, "exit");
  const complaints = text(child.stderr);
  const failed = ended.then(async () => Promise.reject(new Error(`Xvfb did not start: ${await complaints}`)));
  failed.catch(() => {}); // it ends when it is no longer needed, too
  const [number] = await Promise.race([once(child.stdout, "data"), failed]);
  const name = `:${String(number).trim()}`;
  const point = (args: readonly string[], limitMs: number) =>
    run("xdotool", args, { env: { ...process.env, DISPLAY: name }, timeout: limitMs });
  return {
    name,
    untilWindow: async (title, limitMs) => {
      await point(["search", "--sync", "--onlyvisible", "--name", title], limitMs);
    },
    press: async (keys) => {
      await point(["key", "--delay", "0", keys], pressLimitMs); // without a delay it ends as soon as they are pressed
    },
    close: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

const pressLimitMs = 10_000;
