import { useEffect, useEffectEvent } from "react";
import type { Side } from "../../shared/models/place.ts";
import { isShortcut } from "../commands/shortcuts.ts";
import { useUiStore } from "../stores/uiStore.ts";

/** Ctrl+L, wherever the keyboard is, edits the path of the active pane. */
export function useEditPathRequest(side: Side, edit: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { activeSide, dialog } = useUiStore.getState();
    if (activeSide !== side || dialog !== null || !isShortcut(event, "editPath")) return;
    event.preventDefault();
    edit();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
