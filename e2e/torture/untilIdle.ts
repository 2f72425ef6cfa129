import type { QueueSummary } from "../../shared/models/transfer.ts";
import type { TestEngine } from "../support/engine.ts";

const longestMs = 90_000; // a batch takes seconds: what takes this long is stuck

/** Resolves when nothing waits or runs any more, with the counts. Rejects when that does not come. */
export function untilIdle({ engine: { api } }: TestEngine): Promise<QueueSummary> {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    let last = "";
    const end = (settle: () => void) => {
      clearTimeout(timer);
      setImmediate(() => stop());
      settle();
    };
    const timer = setTimeout(() => end(() => reject(new Error(`Stuck: ${last}`))), longestMs);
    stop = api["queue.watchSummary"]({}, (summary) => {
      last = JSON.stringify(summary);
      const { queued, running, waiting, paused } = summary;
      if (queued + running + waiting + paused === 0) end(() => resolve(summary));
    });
  });
}
