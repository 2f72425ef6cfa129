import { waitWith } from "../../util/cancel.ts";

/** Target folders of plans that this run knows to be there. Only a hint; others may have removed them since. */
export type ReadyFolders = {
  readonly has: (key: string) => boolean;
  readonly note: (key: string) => void;
  /** Whoever makes folders of one place waits for the others: a folder is made once. Rejects as `work` does, or with `cancelled`. */
  readonly inTurn: <T>(place: string, work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
};

const rememberedFolders = 4_096; // each is asked about once more when it has been forgotten

export function rememberReadyFolders(): ReadyFolders {
  const ready = new Set<string>();
  const turns = new Map<string, Promise<void>>();

  return {
    has: (key) => ready.has(key),
    note: (key) => {
      ready.add(key);
      const oldest = ready.values().next().value;
      if (ready.size > rememberedFolders && oldest !== undefined) ready.delete(oldest);
    },
    inTurn: async (place, work, signal) => {
      const before = turns.get(place) ?? Promise.resolve();
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      const turn = before.then(() => ended);
      turns.set(place, turn);
      try {
        await waitWith(before, signal);
        return await work();
      } finally {
        resolve();
        if (turns.get(place) === turn) turns.delete(place);
      }
    },
  };
}
