/** Changes that are committed together. */
export type TurnCommits = {
  /** Resolves when the change has been committed, to what it returned; rejects when nothing of its turn could be. */
  readonly add: <T>(change: () => T) => Promise<T>;
};

type Pending = { readonly change: () => void; readonly settle: (failure: { readonly error: unknown } | null) => void };

/**
 * What happens within two turns of the event loop becomes one commit: transfers that end, begin and are claimed side by side touch the
 * same pages of the queue's file, and what one packet sets off takes a turn to arrive. `commit` runs all of the changes or none.
 */
export function collectTurnCommits(commit: (changes: () => void) => void): TurnCommits {
  let pending: Pending[] = [];

  function flush(): void {
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
        if (pending.length === 1) setImmediate(() => setImmediate(flush));
      }),
  };
}
