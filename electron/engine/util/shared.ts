import { waitWith } from "./cancel.ts";

/** Work several may wait for at once. It is begun for the first and given up when the last one has left. */
export type Shared<T> = (key: string, begin: (signal: AbortSignal) => Promise<T>, signal: AbortSignal) => Promise<T>;

type Running<T> = { readonly result: Promise<T>; readonly abort: AbortController; waiting: number };

export function createShared<T>(): Shared<T> {
  const running = new Map<string, Running<T>>();

  const start = (key: string, begin: (signal: AbortSignal) => Promise<T>): Running<T> => {
    const abort = new AbortController();
    const work = { result: begin(abort.signal), abort, waiting: 0 };
    running.set(key, work);
    const end = () => {
      if (running.get(key) === work) running.delete(key);
    };
    work.result.then(end, end);
    return work;
  };

  return async (key, begin, signal) => {
    const work = running.get(key) ?? start(key, begin);
    work.waiting++;
    try {
      return await waitWith(work.result, signal);
    } finally {
      work.waiting--;
      if (work.waiting === 0) {
        if (running.get(key) === work) running.delete(key);
        work.abort.abort();
      }
    }
  };
}
