import type { QueueFilter } from "../../shared/models/transfer.ts";
import {
  anchorOf,
  type Choice,
  chooseAll,
  chooseOne,
  chooseRange,
  focusOn,
  isChosen,
  type Loaded,
  nothingChosen,
  toggle,
} from "../stores/queueChoice.ts";
import { applyChoice, useQueueStore } from "../stores/queueStore.ts";
import type { QueueIntents } from "./queueIntents.ts";

export type Modifiers = { readonly shift: boolean; readonly ctrl: boolean };

/** How pointer and keyboard choose rows of one list. Promises are there for rows that must be read from the engine first. */
export type ChoiceIntents = {
  readonly press: (index: number, modifiers: Modifiers) => Promise<void>;
  /** Moves the keyboard: plain chooses the row, Shift stretches, Ctrl only moves. */
  readonly moveTo: (index: number, modifiers: Modifiers) => Promise<void>;
  readonly toggleFocused: () => Promise<void>;
  /** A right-click on a row that is not chosen chooses it alone. */
  readonly pressForMenu: (index: number) => void;
  readonly chooseAll: () => void;
  readonly clear: () => void;
};

/** Choosing in a tab of the queue. */
export function choiceIntents(filter: QueueFilter, queue: Pick<QueueIntents, "readIds">): ChoiceIntents {
  return chooseRows({
    choice: () => useQueueStore.getState().choices[filter],
    window: () => useQueueStore.getState().windows[filter],
    set: (next) => useQueueStore.setState((state) => applyChoice(state, filter, next)),
    readIds: (offset, count) => queue.readIds(filter, offset, count),
  });
}

/** Rows that can be chosen, of which a window is loaded. */
export type Choosable = {
  readonly choice: () => Choice;
  readonly window: () => Loaded;
  readonly set: (choice: Choice) => void;
  /** The ids of rows that are not loaded. */
  readonly readIds: (offset: number, count: number) => Promise<readonly number[]>;
};

/** Choosing in any list of rows that have ids. */
export function chooseRows({ choice, window, set, readIds }: Choosable): ChoiceIntents {
  let latest = 0; // a later press outruns rows that are still being read

  const idAt = (index: number): number | null => window().rows[index - window().offset]?.id ?? null;

  async function idsBetween(first: number, last: number): Promise<readonly number[]> {
    const { offset, rows } = window();
    const isLoaded = first >= offset && last < offset + rows.length;
    if (isLoaded) return rows.slice(first - offset, last - offset + 1).map((row) => row.id);
    return readIds(first, last - first + 1);
  }

  async function stretchTo(index: number): Promise<void> {
    const request = ++latest;
    const anchor = anchorOf(choice());
    set(focusOn({ ...choice(), anchorIndex: anchor }, index, idAt(index)));
    const ids = await idsBetween(Math.min(anchor, index), Math.max(anchor, index));
    if (request === latest) set(chooseRange(choice(), index, idAt(index), ids));
  }

  async function toggleAt(index: number): Promise<void> {
    const request = ++latest;
    const id = idAt(index);
    if (id === null) return;
    const all = choice().all ? await readIds(0, window().total) : [];
    if (request === latest) set(toggle(choice(), index, id, all));
  }

  function chooseOnly(index: number): void {
    latest++;
    set(chooseOne(index, idAt(index)));
  }

  return {
    press: async (index, { shift, ctrl }) => {
      if (shift) await stretchTo(index);
      else if (ctrl) await toggleAt(index);
      else chooseOnly(index);
    },
    moveTo: async (index, { shift, ctrl }) => {
      if (shift) await stretchTo(index);
      else if (ctrl) set(focusOn(choice(), index, idAt(index)));
      else chooseOnly(index);
    },
    toggleFocused: async () => {
      if (choice().focusIndex >= 0) await toggleAt(choice().focusIndex);
    },
    pressForMenu: (index) => {
      const id = idAt(index);
      if (id !== null && isChosen(choice(), id)) set(focusOn(choice(), index, id));
      else chooseOnly(index);
    },
    chooseAll: () => {
      latest++;
      set(chooseAll(choice()));
    },
    clear: () => {
      latest++;
      set(nothingChosen);
    },
  };
}
