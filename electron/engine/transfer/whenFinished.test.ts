import { statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultSettings, type Settings } from "../../../shared/models/settings.ts";
import type { Endings } from "../ports.ts";
import { until } from "./testing/queueBench.ts";
import { doWhenFinished } from "./whenFinished.ts";

function setUp(change: Partial<Settings>, endings: Endings = {}) {
  let settings: Settings = { ...defaultSettings, ...change };
  const said: string[] = [];
  const finish = doWhenFinished({
    settings: {
      get: () => settings,
      change: (changes) => {
        settings = { ...settings, ...changes };
      },
    },
    endings,
    log: { status: (text) => said.push(text), error: (text) => said.push(text) },
  });
  return { finish, said, settings: () => settings };
}

describe("when the queue is finished", () => {
  test.each(["nothing", "notify", "sound"] as const)("the engine leaves %s to the window", (whenFinished) => {
    const { finish, said } = setUp({ whenFinished, finishedCommand: "exit 1" }, { quit: () => said.push("quit") });
    finish();
    expect(said).toEqual([]);
  });

  test("a wish to quit is forgotten before it is fulfilled", () => {
    const seen: string[] = [];
    const { finish, settings } = setUp({ whenFinished: "quit" }, { quit: () => seen.push(settings().whenFinished) });
    finish();
    expect(seen).toEqual(["notify"]);
  });

  test("a computer that will not sleep is told of in the log", async () => {
    const sleep = () => Promise.reject(new Error("sleep is inhibited"));
    const { finish, said } = setUp({ whenFinished: "sleep" }, { sleep });
    finish();
    await until(() => said.length === 2);
    expect(said[1]).toBe("The queue is finished, but: sleep is inhibited");
  });

  test("what the host cannot do is not done, and stays wanted", () => {
    const { finish, said, settings } = setUp({ whenFinished: "sleep" });
    finish();
    expect([said, settings().whenFinished]).toEqual([[], "sleep"]);
  });

  test("the command of the settings runs in the shell as it was written", async () => {
    const home = await mkdtemp(join(tmpdir(), "portside-finished-"));
    const file = join(home, "it is done.txt");
    const { finish } = setUp({ whenFinished: "command", finishedCommand: `echo done && echo "well done" > "${file}"` });
    finish();
    await until(() => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0);
    expect((await readFile(file, "utf8")).trim()).toContain("well done");
    await rm(home, { recursive: true });
  });

  test("a command that fails is told of in the log; an empty one does not run", async () => {
    const { finish, said } = setUp({ whenFinished: "command", finishedCommand: "exit 3" });
    finish();
    await until(() => said.length === 2);
    expect(said[1]).toBe("The queue is finished, but: the command ended with 3");
    const empty = setUp({ whenFinished: "command", finishedCommand: "  " });
    empty.finish();
    expect(empty.said).toEqual([]);
  });
});
