import { create } from "zustand";
import type { CommandOutput } from "../../shared/contract/contract.ts";
import type { LinkState } from "../rpc/keepConnected.ts";

export type AppFacts = CommandOutput<"app.describe">;

export type AppState = {
  /** null until the engine has answered once. */
  readonly facts: AppFacts | null;
  readonly link: LinkState;
};

/** What the window knows about the program it belongs to. */
export const useAppStore = create<AppState>(() => ({ facts: null, link: "connecting" }));

export function applyLink(state: AppState, link: LinkState): AppState {
  return { ...state, link };
}
