/** A value that tells its watchers when it changes; each begins with the value of now. */
export function createNews<T>(first: T) {
  let value = first;
  const watchers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set: (next: T) => {
      value = next;
      for (const watcher of watchers) watcher(value);
    },
    watch: (watcher: (value: T) => void) => {
      watchers.add(watcher);
      watcher(value);
      return () => {
        watchers.delete(watcher);
      };
    },
  };
}
