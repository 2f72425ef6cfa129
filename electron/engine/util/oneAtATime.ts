import { cancelled, onAbort } from "./cancel.ts";

/** Runs work in the order it was asked for, one at a time. Work whose signal fires while it waits is never begun. */
export type OneAtATime = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

export function createOneAtATime(): OneAtATime {
  const waiting: (() => void)[] = [];
  let isBusy = false;

  const release = () => {
    const next = waiting.shift();
    if (next) next();
    else isBusy = false;
  };

  const acquire = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      if (!isBusy) {
        isBusy = true;
        return resolve();
      }
      const begin = () => {
        stopListening();
        resolve();
      };
      waiting.push(begin);
      const stopListening = onAbort(signal, () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(cancelled());
      });
    });

  return async (work, signal) => {
    await acquire(signal);
    try {
      return await work();
    } finally {
      release();
    }
  };
}
