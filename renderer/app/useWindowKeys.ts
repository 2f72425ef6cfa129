import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { isShortcut, type ShortcutName } from "../commands/shortcuts.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { usePaneActions } from "../panes/usePaneActions.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";
import { focusQuickConnect } from "../topBar/QuickConnect.tsx";
import { useEngine } from "./EngineContext.ts";

/** Keys that work wherever the keyboard is, as long as no dialog is open. The list's own keys are in useListKeys. */
export function useWindowKeys(): void {
  const engine = useEngine();
  const { t } = useTranslation("panes");
  const actions = usePaneActions(useUiStore((state) => state.activeSide));

  const commands: Partial<Record<ShortcutName, () => void>> = {
    siteManager: () => useUiStore.setState((state) => applyDialog(state, { kind: "siteManager", siteId: null })),
    settings: () => useUiStore.setState((state) => applyDialog(state, { kind: "settings" })),
    shortcuts: () => useUiStore.setState((state) => applyDialog(state, { kind: "shortcuts" })),
    quickConnect: focusQuickConnect,
    showHidden: () => {
      const { showHidden } = useSettingsStore.getState().settings;
      reportFailure(engine.call("settings.change", { showHidden: !showHidden }), t("showHidden"));
    },
    refresh: actions.refresh,
    newFolder: actions.askNewFolder,
    transfer: actions.transferSelection,
    plan: actions.planSelection,
  };

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || useUiStore.getState().dialog !== null) return;
    const name = (Object.keys(commands) as ShortcutName[]).find((command) => isShortcut(event, command));
    if (name === undefined) return;
    event.preventDefault();
    commands[name]?.();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
