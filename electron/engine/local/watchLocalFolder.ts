import { type FSWatcher, watch } from "node:fs";
import type { Clock } from "../ports.ts";

const quietMs = 150; // one save of an editor makes several events

/**
 * Calls back when something in a local folder changed, at most once per 150 ms. A folder that cannot be watched (network drives,
 * too many watches) is simply not watched: refreshing by hand still works. Returns its undo.
 */
export function watchLocalFolder(path: string, changed: () => void, clock: Clock): () => void {
  let stopTimer: (() => void) | null = null;
  let watcher: FSWatcher | null = null;
  const onEvent = () => {
    stopTimer ??= clock.setTimer(quietMs, () => {
      stopTimer = null;
      changed();
    });
  };
  try {
    watcher = watch(path, { persistent: false }, onEvent);
    watcher.on("error", () => watcher?.close());
  } catch {
    watcher = null;
  }
  return () => {
    stopTimer?.();
    watcher?.close();
  };
}
