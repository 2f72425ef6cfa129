import type { Clock } from "../../ports.ts";
import type { RowFinder } from "./rowFinder.ts";
import { type RowWish, writeRowQuery } from "./rowQuery.ts";

/** The ids a wish means, four bytes a row, so that a window anywhere in a million rows is there at once. */
export type FoundList = {
  /** null until they have been looked for once. */
  readonly ids: () => Uint32Array | null;
  readonly release: () => void;
};

export type FoundLists = {
  /** `onNew`: the ids have been looked for, or looked for again. */
  readonly use: (wish: RowWish, onNew: () => void) => FoundList;
  /** Rows have changed: lists in use are looked for again, at their pace. */
  readonly changed: () => void;
  /** Once, for a command. Rejects with AppError. */
  readonly find: (wish: RowWish) => Promise<Uint32Array>;
  readonly close: () => void;
};

export type ListParts = {
  readonly finder: Pick<RowFinder, "find">;
  readonly clock: Clock;
  /** The sites of the queue in the order of their names. */
  readonly siteIds: () => readonly string[];
};

type Kept = {
  readonly wish: RowWish;
  readonly users: Set<() => void>;
  readonly life: AbortController;
  ids: Uint32Array | null;
  isBusy: boolean;
  isStale: boolean;
  tookMs: number;
  stopTimer: () => void;
};

const freshForMs = 500;
const restFactor = 4; // a search gets at most a fifth of a core, however long it takes
const keptForMs = 60_000; // scrolling leaves a window and opens the next one, sooner or later

/** Lists of what is being looked at. One wish is looked for once, however many windows show it. */
export function keepFoundLists({ finder, clock, siteIds }: ListParts): FoundLists {
  const lists = new Map<string, Kept>();
  const search = (wish: RowWish, signal: AbortSignal) => finder.find(writeRowQuery(wish, siteIds()), signal);

  async function look(list: Kept): Promise<void> {
    list.isBusy = true;
    list.isStale = false;
    const begunMs = clock.now();
    try {
      list.ids = await search(list.wish, list.life.signal);
    } catch {
      list.ids ??= new Uint32Array(); // nothing can be shown; the next change tries again
    }
    if (list.life.signal.aborted) return;
    list.isBusy = false;
    list.tookMs = clock.now() - begunMs;
    for (const tell of [...list.users]) tell();
    if (list.isStale) lookLater(list);
  }

  function lookLater(list: Kept): void {
    list.isStale = true;
    if (list.isBusy || list.users.size === 0 || list.life.signal.aborted) return;
    list.stopTimer();
    list.stopTimer = clock.setTimer(Math.max(freshForMs, list.tookMs * restFactor), () => void look(list));
  }

  function forget(key: string, list: Kept): void {
    list.stopTimer();
    list.life.abort();
    if (lists.get(key) === list) lists.delete(key);
  }

  function begin(key: string, wish: RowWish): Kept {
    const life = new AbortController();
    const state = { ids: null, isBusy: false, isStale: true, tookMs: 0, stopTimer: () => {} };
    const list: Kept = { wish, users: new Set(), life, ...state };
    lists.set(key, list);
    return list;
  }

  return {
    use: (wish, onNew) => {
      const key = JSON.stringify([wish.filter, wish.search.trim(), wish.sort]);
      const list = lists.get(key) ?? begin(key, wish);
      const user = () => onNew();
      list.users.add(user);
      list.stopTimer();
      if (list.ids === null && !list.isBusy) void look(list);
      else if (list.isStale) lookLater(list);
      return {
        ids: () => list.ids,
        release: () => {
          list.users.delete(user);
          if (list.users.size > 0) return;
          list.stopTimer();
          if (list.ids === null)
            forget(key, list); // nobody waits for what has not been found yet
          else list.stopTimer = clock.setTimer(keptForMs, () => forget(key, list));
        },
      };
    },
    changed: () => {
      for (const list of lists.values()) if (!list.isStale) lookLater(list);
    },
    find: (wish) => search(wish, new AbortController().signal),
    close: () => {
      for (const [key, list] of [...lists]) forget(key, list);
    },
  };
}
