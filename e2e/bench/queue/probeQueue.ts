import type { QueueSummary } from "../../../shared/models/transfer.ts";
import { startEngine, type TestEngine } from "../../support/engine.ts";

/**
 * One start of the engine in a process of its own, so that its memory is its own. `fill`: drops a folder and waits until every file has
 * its row; `reopen`: a start over the queue that is there. Prints one line of JSON.
 */
const [task, folder = "", source = "", port = "", user = "", password = "", rows = "0"] = process.argv.slice(2);
const began = performance.now();
const engine = await startEngine(folder);
if (task === "fill") print(await fill(engine, Number(rows)));
else print(await reopen(engine));
await engine.close();

async function fill(one: TestEngine, wanted: number): Promise<Record<string, number>> {
  await one.call("settings.change", { maxTransfers: 1 });
  const siteId = await one.createSite({ port: Number(port), user, encryption: "plain" }, password);
  const { id: connectionId } = await one.connect(siteId);
  const { sources } = await one.call("local.describe", { paths: [source] });
  const droppedAt = performance.now();
  await one.call("queue.add", { direction: "upload", connectionId, sources, targetPath: "/" });
  const firstRow = await timeUntil(one, 1, droppedAt);
  const allRows = await timeUntil(one, wanted, droppedAt);
  await one.call("queue.setProcessing", { isProcessing: false });
  return { firstRow, allRows, peakMebibytes: process.resourceUsage().maxRSS / 1024 };
}

async function reopen(one: TestEngine): Promise<Record<string, number>> {
  await one.rows("queued");
  return { usableMs: performance.now() - began, mebibytes: process.memoryUsage.rss() / 1024 ** 2 };
}

function timeUntil(one: TestEngine, rowCount: number, sinceMs: number): Promise<number> {
  return new Promise((resolve) => {
    let stop = () => {};
    stop = one.engine.api["queue.watchSummary"]({}, (summary) => {
      if (countRows(summary) < rowCount) return;
      setImmediate(() => stop());
      resolve(performance.now() - sinceMs);
    });
  });
}

function countRows({ queued, running, waiting, paused, failed, completed }: QueueSummary): number {
  return queued + running + waiting + paused + failed + completed;
}

function print(figures: Record<string, number>): void {
  console.log(JSON.stringify(figures));
}
