// How a queue of very many rows feels: node e2e/bench/millionRows.ts [rows]. Each start of the engine is a process of its own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { QueueWindow, WindowRange } from "../../electron/engine/transfer/views/queueViews.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";
import { fillQueue } from "./queue/fillQueue.ts";
import { median } from "./report/statistics.ts";

const windows = 50;
const [first = "", folder] = process.argv.slice(2);
if (folder === undefined) compare(first === "" ? [10_000, 100_000, 1_000_000] : [Number(first)]);
else await look(folder, Number(first));

function compare(sizes: readonly number[]): void {
  for (const rows of sizes) {
    const scratch = mkdtempSync(join(tmpdir(), "portside-rows-"));
    try {
      fillQueue(scratch, rows);
      const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, String(rows), scratch]);
      process.stdout.write(`${rows} rows\n${stdout}${stderr}`);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
}

async function look(scratch: string, rows: number): Promise<void> {
  const begun = performance.now();
  const engine = await startEngine(scratch);
  await show(engine, { offset: 0 });
  tell("start to the first rows", performance.now() - begun);
  const stop = engine.engine.api["queue.watchWindow"]({ filter: "queued", offset: 30_000, limit: 1 }, () => {}); // keeps its list
  const deep = Math.max(0, rows - 500);
  await measure(engine, "far down, the first time", { offset: deep });
  await measureWindows(engine, "windows far down", rows);
  await measure(engine, "search for “77.txt”", { search: "77.txt" });
  await measure(engine, "search for “äü” (none)", { search: "äü" });
  await measure(engine, "sorted by name", { sort: { by: "name", isDescending: false } });
  await measure(engine, "sorted by size", { sort: { by: "size", isDescending: true } });
  await measure(engine, "the same, further down", { sort: { by: "size", isDescending: true }, offset: deep });
  stop();
  for (const [what, act] of [
    ["pause all", () => engine.call("queue.pause", { filter: "queued" })],
    [
      "raise the priority of all",
      () => engine.call("queue.setPriority", { selection: { filter: "queued" }, change: "raise" }),
    ],
    ["cancel all", () => engine.call("queue.cancel", { filter: "queued" })],
    ["clear all", () => engine.call("queue.remove", { filter: "completed" })],
  ] as const) {
    const { tookMs, longestPauseMs } = await timed(act);
    tell(what, tookMs, pauseWords(longestPauseMs));
  }
  console.log(`  memory at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
  await engine.close();
}

/** Tells how long until the rows are there, and how long the engine had no ear for anything else. */
async function measure(engine: TestEngine, what: string, range: Partial<WindowRange>): Promise<void> {
  const { value, tookMs, longestPauseMs } = await timed(() => show(engine, range));
  tell(what, tookMs, `${pauseWords(longestPauseMs)}, ${value.rows.length} of ${value.total}`);
}

/** One look is soon disturbed by whatever else the machine does: the median of many tells. */
async function measureWindows(engine: TestEngine, what: string, rows: number): Promise<void> {
  const times: number[] = [];
  for (let index = 0; index < windows; index++) {
    const begun = performance.now();
    await show(engine, { offset: Math.floor((rows * ((index * 7) % windows)) / windows) });
    times.push(performance.now() - begun);
  }
  tell(what, median(times), `the median of ${windows}, the longest ${Math.max(...times).toFixed(0)} ms`);
}

async function timed<T>(act: () => Promise<T>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 20)); // what comes before its first tick is not seen by it
  delay.reset();
  const begun = performance.now();
  const value = await act();
  const tookMs = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  return { value, tookMs, longestPauseMs: delay.max / 1e6 };
}

function pauseWords(ms: number): string {
  return `longest pause of the engine ${ms.toFixed(0)} ms`;
}

function show({ engine: { api } }: TestEngine, range: Partial<WindowRange>): Promise<QueueWindow> {
  return new Promise((resolve) => {
    const stop = api["queue.watchWindow"]({ filter: "queued", offset: 0, limit: 200, ...range }, (window) => {
      if (window.isFinding) return;
      resolve(window);
      setImmediate(() => stop());
    });
  });
}

function tell(what: string, ms: number, more = ""): void {
  console.log(`  ${what.padEnd(28)} ${ms.toFixed(0).padStart(6)} ms   ${more}`);
}
