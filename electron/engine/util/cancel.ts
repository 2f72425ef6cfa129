import { AppError } from "../../../shared/errors/appError.ts";
import type { Clock } from "../ports.ts";

export function cancelled(what = "Cancelled"): AppError {
  return new AppError("cancelled", what);
}

export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

/** Runs `react` once when the signal fires (at once when it has fired already). Returns its undo. */
export function onAbort(signal: AbortSignal, react: () => void): () => void {
  if (signal.aborted) {
    react();
    return () => {};
  }
  signal.addEventListener("abort", react, { once: true });
  return () => signal.removeEventListener("abort", react);
}

/** Waits for `promise`, but no longer than `signal` allows: rejects with `cancelled`. The work behind the promise goes on. */
export function waitWith<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const stop = onAbort(signal, () => reject(cancelled()));
    promise.then(resolve, reject).finally(stop);
  });
}

/** Resolves after `delayMs`; rejects with `cancelled` when the signal fires first. */
export function delay(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const stopTimer = clock.setTimer(delayMs, () => {
      stopListening();
      resolve();
    });
    const stopListening = onAbort(signal, () => {
      stopTimer();
      reject(cancelled());
    });
  });
}
