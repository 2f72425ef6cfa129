// The thread behind rowFinder.ts: its own connection reads the queue, so that a search through a million rows holds nothing up.
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { toWireError } from "../../../../shared/errors/appError.ts";
import { readIds } from "./readIds.ts";
import type { FindAnswer } from "./rowFinder.ts";
import type { RowQuery } from "./rowQuery.ts";

const db = new DatabaseSync(String(workerData), { readOnly: true });

parentPort?.on("message", (query: RowQuery) => {
  const answer = find(query);
  parentPort?.postMessage(answer, "ids" in answer ? [answer.ids.buffer] : []);
});

function find({ text, values }: RowQuery): FindAnswer {
  try {
    const list = db.prepare(text).get(...values)?.ids;
    return { ids: list instanceof Uint8Array ? readIds(list) : new Uint32Array() };
  } catch (error) {
    return { error: toWireError(error) };
  }
}
