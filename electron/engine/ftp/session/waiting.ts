import { AppError, type AppErrorFacts } from "../../../../shared/errors/appError.ts";
import type { Clock } from "../../ports.ts";

/** What everything that waits throws when its signal has fired. */
export function cancelled(facts: AppErrorFacts = {}): AppError {
  return new AppError("cancelled", "Cancelled", facts);
}

export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** Calls `stop` once when the signal fires, at once when it has; returns its undo. */
export function onAbort(signal: AbortSignal, stop: () => void): () => void {
  if (signal.aborted) {
    stop();
    return () => {};
  }
  signal.addEventListener("abort", stop, { once: true });
  return () => signal.removeEventListener("abort", stop);
}

/** Waits for `work`, but no longer than the signal lets (`cancelled`). The work itself goes on; its late failure bothers nobody. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const forget = onAbort(signal, () => aborted.reject(cancelled()));
  work.catch(() => {});
  aborted.promise.catch(() => {});
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    forget();
  }
}

/** Waits for `work` at most `delayMs`; then null, and the work's late result bothers nobody. */
export async function within<T>(work: Promise<T>, delayMs: number, clock: Clock): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const forget = clock.setTimer(delayMs, () => late.resolve(null));
  work.catch(() => {});
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    forget();
  }
}
