import type { Clock } from "../ports.ts";

/** Changes that are committed together. */
export type TurnCommits = {
  /** Resolves when the change has been committed, to what it returned; rejects when nothing of its turn could be. */
  readonly add: <T>(change: () => T) => Promise<T>;
};

export type TurnParts = {
  /** Runs all of the changes, or none. */
  readonly commit: (changes: () => void) => void;
  /** How many transfers run. */
  readonly running: () => number;
  readonly clock: Pick<Clock, "setTimer">;
};

type Pending = { readonly change: () => void; readonly settle: (failure: { readonly error: unknown } | null) => void };

const patienceMs = 2; // a session that waits so long costs less than a commit of its own
const runsPerChange = 4; // fewer than that run: nobody waits, for there may be nobody to wait for

/**
 * What happens within two turns of the event loop becomes one commit: transfers that end, begin and are claimed side by side touch the
 * same pages of the queue's file, and what one packet sets off takes a turn to arrive. Where many run, one that ends waits a moment for
 * the next: the other sessions are at work meanwhile.
 */
export function collectTurnCommits({ commit, running, clock }: TurnParts): TurnCommits {
  let pending: Pending[] = [];
  let stopWaiting: (() => void) | null = null;

  function flush(): void {
    stopWaiting?.();
    stopWaiting = null;
    const turn = pending;
    pending = [];
    let failure: { readonly error: unknown } | null = null;
    try {
      commit(() => {
        for (const { change } of turn) change();
      });
    } catch (error) {
      failure = { error };
    }
    for (const { settle } of turn) settle(failure);
  }

  const isEnough = () => pending.length * runsPerChange >= running();

  function endTurn(): void {
    if (isEnough()) flush();
    else stopWaiting = clock.setTimer(patienceMs, flush);
  }

  function schedule(): void {
    if (pending.length === 1) setImmediate(() => setImmediate(endTurn));
    else if (stopWaiting !== null && isEnough()) flush();
  }

  return {
    add: <T>(change: () => T) =>
      new Promise<T>((resolve, reject) => {
        let result: { readonly value: T } | null = null;
        pending.push({
          change: () => {
            result = { value: change() };
          },
          settle: (failure) => {
            if (failure !== null) reject(failure.error);
            else if (result !== null) resolve(result.value);
          },
        });
        schedule();
      }),
  };
}
