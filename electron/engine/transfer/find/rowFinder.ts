import { Worker } from "node:worker_threads";
import { fromWireError, type WireError } from "../../../../shared/errors/appError.ts";
import { createOneAtATime } from "../../util/oneAtATime.ts";
import type { RowQuery } from "./rowQuery.ts";

/** Looks for rows on a thread of its own. Ids of a queue fit into 32 bits: four thousand million transfers. */
export type RowFinder = {
  /** One search at a time, in the order they were asked for; one whose signal fires while it waits is never begun. */
  readonly find: (query: RowQuery, signal: AbortSignal) => Promise<Uint32Array>;
  readonly close: () => Promise<void>;
};

export type FindAnswer = { readonly ids: Uint32Array<ArrayBuffer> } | { readonly error: WireError };

/** `file`: the queue's, which exists already. The thread is started by the first search, and again when it has died. */
export function openRowFinder(file: string, threadUrl: URL = besideThisFile): RowFinder {
  const oneAtATime = createOneAtATime();
  let thread: Worker | null = null;
  let settle: (answer: FindAnswer) => void = () => {};

  function start(): Worker {
    const started = new Worker(threadUrl, { workerData: file, resourceLimits: smallHeap });
    const end = (message: string) => {
      if (thread !== started) return;
      thread = null;
      settle({ error: { kind: "internal", message } });
    };
    started.on("message", (answer: FindAnswer) => settle(answer));
    started.on("error", (error) => end(`The search thread has ended: ${error.message}`));
    started.on("exit", () => end("The search thread has ended"));
    return started;
  }

  async function ask(query: RowQuery): Promise<Uint32Array> {
    const answer = await new Promise<FindAnswer>((resolve) => {
      settle = resolve;
      thread ??= start();
      thread.postMessage(query);
    });
    if ("error" in answer) throw fromWireError(answer.error);
    return answer.ids;
  }

  return {
    find: (query, signal) => oneAtATime(() => ask(query), signal),
    close: async () => {
      await thread?.terminate();
    },
  };
}

/** It keeps nothing but ids, outside of its heap: garbage is collected early instead of growing by hundreds of mebibytes. */
const smallHeap = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 };

/** Beside this file: as source where sources run, as a bundle of its own in what ships (build/bundle.ts). */
const besideThisFile = new URL(
  import.meta.url.endsWith(".ts") ? "./findThread.ts" : "./find-thread.js",
  import.meta.url,
);
