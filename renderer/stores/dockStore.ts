import { create } from "zustand";

export type DockTab = "queued" | "batches" | "failed" | "completed" | "log";

export type DockState = {
  readonly tab: DockTab;
  /** Whose lines the log shows; null: everybody's. */
  readonly logSession: string | null;
  /** A line that somebody wants to see; null: the log follows its end. */
  readonly logLineId: number | null;
};

export const initialDock: DockState = { tab: "queued", logSession: null, logLineId: null };

export const useDockStore = create<DockState>(() => initialDock);

export function applyTab(state: DockState, tab: DockTab): DockState {
  return { ...state, tab, logLineId: null };
}

/** Opens the log at what one session says, from its newest line. */
export function applySessionShown(state: DockState, logSession: string): DockState {
  return { ...state, tab: "log", logSession, logLineId: null };
}

/** Opens the log at one line among those around it. */
export function applyLineShown(state: DockState, logLineId: number): DockState {
  return { ...state, tab: "log", logSession: null, logLineId };
}
