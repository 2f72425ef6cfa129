import { create } from "zustand";
import type { WireError } from "../../shared/errors/appError.ts";
import type { Side } from "../../shared/models/place.ts";
import type { PaneEntry } from "./paneEntry.ts";

export type OpenDialog =
  | { readonly kind: "siteManager"; readonly siteId: string | null }
  | { readonly kind: "settings" }
  | { readonly kind: "shortcuts" }
  | { readonly kind: "plan"; readonly batchId: number }
  | { readonly kind: "newFolder"; readonly side: Side }
  | { readonly kind: "delete"; readonly side: Side; readonly entries: readonly PaneEntry[] }
  | { readonly kind: "permissions"; readonly side: Side; readonly entries: readonly PaneEntry[] }
  | { readonly kind: "checksum" | "createLink"; readonly entry: PaneEntry }
  | { readonly kind: "copyToSite"; readonly entries: readonly PaneEntry[] };

/** A sentence on the lower edge of the window: an error outside the panes, or work under way that can be cancelled. */
export type Notice = {
  readonly id: number;
  readonly text: string;
  readonly error: WireError | null;
  readonly cancel: (() => void) | null;
};

/** What Ctrl+C took along: entries of one side, waiting for Ctrl+V on the other. */
export type Clipboard = { readonly side: Side; readonly entries: readonly PaneEntry[] };

export type UiState = {
  readonly activeSide: Side;
  readonly dialog: OpenDialog | null;
  readonly clipboard: Clipboard | null;
  readonly notices: readonly Notice[];
  /** For the polite live region. `spokenId` tells two equal sentences apart. */
  readonly spoken: string;
  readonly spokenId: number;
};

export const initialUi: UiState = {
  activeSide: "local",
  dialog: null,
  clipboard: null,
  notices: [],
  spoken: "",
  spokenId: 0,
};

export const useUiStore = create<UiState>(() => initialUi);

export function applyDialog(state: UiState, dialog: OpenDialog | null): UiState {
  return { ...state, dialog };
}

export function applyActiveSide(state: UiState, activeSide: Side): UiState {
  return state.activeSide === activeSide ? state : { ...state, activeSide };
}

export function applyClipboard(state: UiState, clipboard: Clipboard): UiState {
  return { ...state, clipboard };
}

export function applySpoken(state: UiState, spoken: string): UiState {
  return { ...state, spoken, spokenId: state.spokenId + 1 };
}

let lastWork = 0;

/** An id for a notice of work under way: below zero, out of the way of failures. */
export function nextWorkId(): number {
  return --lastWork;
}

/** Adds a notice, or rewrites the one of the same id. */
export function applyNotice(state: UiState, notice: Notice): UiState {
  const isKnown = state.notices.some(({ id }) => id === notice.id);
  const notices = isKnown
    ? state.notices.map((known) => (known.id === notice.id ? notice : known))
    : [...state.notices, notice];
  return { ...state, notices };
}

export function applyNoticeGone(state: UiState, id: number): UiState {
  return { ...state, notices: state.notices.filter((notice) => notice.id !== id) };
}
