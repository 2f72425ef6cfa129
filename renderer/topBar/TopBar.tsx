import "./topBar.css";
import { FolderPlus, Keyboard, RefreshCw, Settings, SunMoon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Settings as SettingsFacts } from "../../shared/models/settings.ts";
import { useEngine } from "../app/EngineContext.ts";
import { keysOf } from "../commands/shortcuts.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { usePaneActions } from "../panes/usePaneActions.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { MenuButton } from "../ui/MenuButton.tsx";
import { QuickConnect } from "./QuickConnect.tsx";
import { SiteSwitcher } from "./SiteSwitcher.tsx";

const themes = [
  { theme: "system", key: "themeSystem" },
  { theme: "light", key: "themeLight" },
  { theme: "dark", key: "themeDark" },
] as const satisfies { theme: SettingsFacts["theme"]; key: string }[];

/** Whom am I connected to, to whom do I want to, and the few actions of each minute. */
export function TopBar() {
  const { t } = useTranslation("topBar");
  const engine = useEngine();
  const activeSide = useUiStore((state) => state.activeSide);
  const actions = usePaneActions(activeSide);
  const hasFolder = usePaneStore(activeSide, (state) => state.path !== null);
  const current = useSettingsStore((state) => state.settings.theme);
  const chooseTheme = (theme: SettingsFacts["theme"]) =>
    reportFailure(engine.call("settings.change", { theme }), t("theme"));

  return (
    <header className="top-bar">
      <SiteSwitcher />
      <QuickConnect />
      <div className="top-bar-actions">
        <IconButton
          icon={RefreshCw}
          label={t("refresh")}
          shortcut={keysOf("refresh")}
          disabled={!hasFolder}
          onClick={actions.refresh}
        />
        <IconButton
          icon={FolderPlus}
          label={t("newFolder")}
          shortcut={keysOf("newFolder")}
          disabled={!hasFolder}
          onClick={actions.askNewFolder}
        />
        <span className="top-bar-gap" />
        <MenuButton
          trigger={<IconButton icon={SunMoon} label={t("theme")} />}
          align="end"
          items={themes.map(({ theme, key }) => ({
            kind: "check",
            label: t(key),
            isChecked: theme === current,
            run: () => chooseTheme(theme),
          }))}
        />
        <IconButton
          icon={Keyboard}
          label={t("shortcuts")}
          shortcut={keysOf("shortcuts")}
          onClick={() => useUiStore.setState((state) => applyDialog(state, { kind: "shortcuts" }))}
        />
        <IconButton
          icon={Settings}
          label={t("settings")}
          shortcut={keysOf("settings")}
          onClick={() => useUiStore.setState((state) => applyDialog(state, { kind: "settings" }))}
        />
      </div>
    </header>
  );
}
