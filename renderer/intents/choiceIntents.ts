import type { QueueFilter } from "../../shared/models/transfer.ts";
import {
  anchorOf,
  type Choice,
  chooseAll,
  chooseOne,
  chooseRange,
  focusOn,
  isChosen,
  nothingChosen,
  toggle,
} from "../stores/queueChoice.ts";
import { applyChoice, type QueueWindow, rowAt, useQueueStore } from "../stores/queueStore.ts";
import type { QueueIntents } from "./queueIntents.ts";

export type Modifiers = { readonly shift: boolean; readonly ctrl: boolean };

/** How pointer and keyboard choose rows of one tab. Promises are there for rows that must be read from the engine first. */
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

export function choiceIntents(filter: QueueFilter, queue: Pick<QueueIntents, "readIds">): ChoiceIntents {
  let latest = 0; // a later press outruns rows that are still being read

  const choice = (): Choice => useQueueStore.getState().choices[filter];
  const window = (): QueueWindow => useQueueStore.getState().windows[filter];
  const set = (next: Choice): void => useQueueStore.setState((state) => applyChoice(state, filter, next));
  const idAt = (index: number): number | null => rowAt(window(), index)?.id ?? null;

  async function idsBetween(first: number, last: number): Promise<readonly number[]> {
    const { offset, rows } = window();
    const isLoaded = first >= offset && last < offset + rows.length;
    if (isLoaded) return rows.slice(first - offset, last - offset + 1).map((row) => row.id);
    return queue.readIds(filter, first, last - first + 1);
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
    const all = choice().all ? await queue.readIds(filter, 0, window().total) : [];
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
