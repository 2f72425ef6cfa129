// The thread behind rowFinder.ts: its own connection reads the queue, so that a search through a million rows holds nothing up.
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { toWireError } from "../../../../shared/errors/appError.ts";
import type { FindAnswer } from "./rowFinder.ts";
import type { RowQuery } from "./rowQuery.ts";

const db = new DatabaseSync(String(workerData), { readOnly: true });

parentPort?.on("message", (query: RowQuery) => {
  const answer = find(query);
  parentPort?.postMessage(answer, "ids" in answer ? [answer.ids.buffer] : []);
});

function find({ text, values, needle }: RowQuery): FindAnswer {
  try {
    const statement = db.prepare(text);
    let ids = new Uint32Array(1024);
    let count = 0;
    for (const { id, local, remote } of statement.iterate(...values)) {
      if (needle !== null && !holds(local, needle) && !holds(remote, needle)) continue;
      if (count === ids.length) {
        const longer = new Uint32Array(count * 2);
        longer.set(ids);
        ids = longer;
      }
      ids[count++] = Number(id);
    }
    return { ids: ids.slice(0, count) };
  } catch (error) {
    return { error: toWireError(error) };
  }
}

function holds(path: unknown, needle: string): boolean {
  return String(path).toLowerCase().includes(needle);
}
