import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { NewTransfer } from "../../../electron/engine/transfer/store/arrivals.ts";
import { openQueueStore } from "../../../electron/engine/transfer/store/queueStore.ts";

const rowsPerFolder = 10_000;

/** A stopped queue of so many waiting uploads in `folder`/data, for an engine that starts there. */
export function fillQueue(folder: string, rows: number): void {
  mkdirSync(join(folder, "data"), { mode: 0o700 });
  const store = openQueueStore(join(folder, "data", "queue.sqlite"));
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
