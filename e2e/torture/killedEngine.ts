import { startEngine, type TestEngine } from "../support/engine.ts";
import { createRandom } from "../support/trees.ts";

/**
 * One life of the engine, in a process that is going to be killed. A drop that is named is queued first; then it works, is paused and
 * resumed at random, and when nothing is left says so and ends. Says "ready", "moving" when the first bytes do, "stopping" at each
 * pause, and "settled" with the counts, each on a line.
 */
const life = JSON.parse(process.argv[2] ?? "{}") as Life;

/** What the harness tells a life; made by killRun.ts. */
export type Life = {
  readonly folder: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly seed: number;
  readonly drop: {
    readonly upload: string;
    readonly uploadTo: string;
    readonly download: string;
    readonly downloadTo: string;
  } | null;
};

const mostPauses = 6;

const engine = await startEngine(life.folder);
await engine.call("settings.change", { maxTransfers: 8, maxRetries: 99, retryDelayMs: 100 });
if (life.drop) await queue(engine, life.drop);
await engine.call("queue.setProcessing", { isProcessing: true });
await engine.call("queue.resume", { filter: "queued" });
console.log("ready");
sayWhenMoving(engine);
const restless = annoy(engine, createRandom(life.seed));
const { completed, failed } = await untilSettled(engine);
restless.stop();
console.log(`settled ${JSON.stringify({ completed, failed })}`);
await engine.close();

async function queue(one: TestEngine, drop: NonNullable<Life["drop"]>): Promise<void> {
  const { port, user, password } = life;
  const siteId = await one.createSite({ port, user, encryption: "plain" }, password);
  const { id: connectionId, status } = await one.connect(siteId);
  if (status.state !== "connected") throw new Error(`The connection is ${status.state}`);
  await one.call("queue.setProcessing", { isProcessing: false });
  const { sources } = await one.call("local.describe", { paths: [drop.upload] });
  await one.call("queue.add", { direction: "upload", connectionId, sources, targetPath: drop.uploadTo });
  const name = drop.download.split("/").at(-1) ?? "";
  const source = { path: drop.download, name, type: "directory" as const, size: null, modifiedMs: null };
  await one.call("queue.add", { direction: "download", connectionId, sources: [source], targetPath: drop.downloadTo });
}

/**
 * Pauses and resumes as an impatient user does: everything, or the whole queue; some times, so that every life gets on. Says "stopping"
 * each time.
 */
function annoy(one: TestEngine, random: () => number): { readonly stop: () => void } {
  let left = mostPauses;
  let timer = setTimeout(act, 20 + random() * 200);
  async function act(): Promise<void> {
    console.log("stopping");
    const isRows = random() < 0.5;
    if (isRows) await one.call("queue.pause", { filter: "queued" });
    else await one.call("queue.setProcessing", { isProcessing: false });
    await new Promise((resolve) => setTimeout(resolve, random() * 30));
    if (isRows) await one.call("queue.resume", { filter: "queued" });
    else await one.call("queue.setProcessing", { isProcessing: true });
    if (--left > 0) timer = setTimeout(act, 100 + random() * 400);
  }
  return { stop: () => clearTimeout(timer) };
}

function sayWhenMoving({ engine: { api } }: TestEngine): void {
  const stop = api["progress.watch"]({}, ({ total }) => {
    if (total.bytesPerSecond === 0) return;
    console.log("moving");
    setImmediate(() => stop());
  });
}

function untilSettled({ engine: { api } }: TestEngine) {
  return new Promise<{ readonly completed: number; readonly failed: number }>((resolve) => {
    api["queue.watchSummary"]({}, ({ queued, running, waiting, paused, completed, failed, isProcessing }) => {
      const open = queued + running + waiting + paused;
      if (open === 0 && isProcessing && completed + failed > 0) resolve({ completed, failed });
    });
  });
}
