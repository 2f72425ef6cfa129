/** Who wants to hear about something. */
export type Listeners<T> = {
  /** Returns its undo. */
  readonly add: (listener: (value: T) => void) => () => void;
  readonly tell: (value: T) => void;
  readonly count: () => number;
};

/** A set of listeners; one that leaves or joins while the others are told does no harm. */
export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<{ readonly hear: (value: T) => void }>();
  return {
    add: (hear) => {
      const listener = { hear };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (value) => {
      for (const listener of [...listeners]) if (listeners.has(listener)) listener.hear(value);
    },
    count: () => listeners.size,
  };
}
