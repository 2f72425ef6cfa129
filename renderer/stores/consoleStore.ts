import { create } from "zustand";

/** The console's memory in this window: what was typed before, oldest first. */
export type ConsoleState = {
  readonly history: readonly string[];
  /** Which line of the history stands in the field; null: a new one. */
  readonly at: number | null;
  readonly text: string;
};

const maxLines = 200; // further back nobody scrolls line by line

export const initialConsole: ConsoleState = { history: [], at: null, text: "" };

export const useConsoleStore = create<ConsoleState>(() => initialConsole);

export function applyConsoleText(state: ConsoleState, text: string): ConsoleState {
  return { ...state, text };
}

/** A line was run: the field is empty again, and the line is the newest of the history, once. */
export function applyConsoleRun(state: ConsoleState, line: string): ConsoleState {
  const history = [...state.history.filter((known) => known !== line), line].slice(-maxLines);
  return { history, at: null, text: "" };
}

/** One line back, or forth; past the newest line the field is empty again. */
export function applyConsoleStep(state: ConsoleState, direction: "back" | "forth"): ConsoleState {
  const { history } = state;
  const at = (state.at ?? history.length) + (direction === "back" ? -1 : 1);
  if (at < 0) return state;
  if (at >= history.length) return { ...state, at: null, text: state.at === null ? state.text : "" };
  return { ...state, at, text: history[at] ?? "" };
}
