// How a queue of very many rows feels: node e2e/bench/millionRows.ts [rows]. Each start of the engine is a process of its own.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { NewTransfer } from "../../electron/engine/transfer/store/arrivals.ts";
import { openQueueStore } from "../../electron/engine/transfer/store/queueStore.ts";
import type { QueueWindow, WindowRange } from "../../electron/engine/transfer/views/queueViews.ts";
import { startEngine, type TestEngine } from "../support/engine.ts";

const rowsPerFolder = 10_000;
const [first = "", folder] = process.argv.slice(2);
if (folder === undefined) compare(first === "" ? [10_000, 100_000, 1_000_000] : [Number(first)]);
else await look(folder, Number(first));

function compare(sizes: readonly number[]): void {
  for (const rows of sizes) {
    const scratch = mkdtempSync(join(tmpdir(), "portside-rows-"));
    try {
      fill(scratch, rows);
      const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, String(rows), scratch]);
      process.stdout.write(`${rows} rows\n${stdout}${stderr}`);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
}

function fill(scratch: string, rows: number): void {
  mkdirSync(join(scratch, "data"), { mode: 0o700 });
  const store = openQueueStore(join(scratch, "data", "queue.sqlite"));
  store.setProcessing(false);
  for (let from = 0; from < rows; from += rowsPerFolder) {
    const transfers = Array.from({ length: Math.min(rowsPerFolder, rows - from) }, (_, index) => sample(from + index));
    const places = new Map([[`/home/mira/pictures/folder ${from / rowsPerFolder}`, transfers]]);
    store.addBatch({ siteId: "harbour", direction: "upload", root: "/pub", nowMs: Date.now(), places });
  }
  store.close();
}

/** Names and sizes in an order of their own. */
function sample(index: number): NewTransfer {
  const name = `file ${(index * 7_919) % 1_000_003}.txt`;
  const size = (index * 104_729) % 99_991;
  return { kind: "file", sourceName: name, targetName: name, size, modifiedMs: null, precision: "second" };
}

async function look(scratch: string, rows: number): Promise<void> {
  const begun = performance.now();
  const engine = await startEngine(scratch);
  await show(engine, { offset: 0 });
  tell("start to the first rows", performance.now() - begun);
  const stop = engine.engine.api["queue.watchWindow"]({ filter: "queued", offset: 30_000, limit: 1 }, () => {}); // keeps its list
  const deep = Math.max(0, rows - 500);
  await measure(engine, "far down, the first time", { offset: deep });
  for (const share of [0.1, 0.5, 0.9, 0.999])
    await measure(engine, `at ${share * 100} %`, { offset: Math.floor(rows * share) });
  await measure(engine, "search for “77.txt”", { search: "77.txt" });
  await measure(engine, "search for “äü” (none)", { search: "äü" });
  await measure(engine, "sorted by name", { sort: { by: "name", isDescending: false } });
  await measure(engine, "sorted by size", { sort: { by: "size", isDescending: true } });
  await measure(engine, "the same, further down", { sort: { by: "size", isDescending: true }, offset: deep });
  stop();
  console.log(`  memory at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
  await engine.close();
}

/** Tells how long until the rows are there, and how long the engine had no ear for anything else. */
async function measure(engine: TestEngine, what: string, range: Partial<WindowRange>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const begun = performance.now();
  const { total, rows } = await show(engine, range);
  const tookMs = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  tell(what, tookMs, `longest pause of the engine ${(delay.max / 1e6).toFixed(0)} ms, ${rows.length} of ${total}`);
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
