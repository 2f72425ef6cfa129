import "./app.css";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { useTranslation } from "react-i18next";
import { ShortcutsDialog } from "../commands/ShortcutsDialog.tsx";
import { Dock } from "../dock/Dock.tsx";
import { PlanDialog } from "../dock/plan/PlanDialog.tsx";
import { DragLayer } from "../dragDrop/DragLayer.tsx";
import { Pane } from "../panes/Pane.tsx";
import { PaneDialogs } from "../panes/PaneDialogs.tsx";
import { PromptCards } from "../prompts/PromptCards.tsx";
import { SettingsDialog } from "../settings/SettingsDialog.tsx";
import { SiteManagerDialog } from "../siteManager/SiteManagerDialog.tsx";
import { StatusBar } from "../statusBar/StatusBar.tsx";
import { useLayoutStore } from "../stores/layoutStore.ts";
import { TopBar } from "../topBar/TopBar.tsx";
import { Splitter } from "../ui/Splitter.tsx";
import { LinkBar } from "./LinkBar.tsx";
import { LiveRegion } from "./LiveRegion.tsx";
import { Notices } from "./Notices.tsx";
import { useWindowKeys } from "./useWindowKeys.ts";
import { WindowProgress } from "./WindowProgress.tsx";

/** The window, top to bottom: top bar, two panes, dock, status bar; dialogs and prompts above it. */
export function App() {
  const { t } = useTranslation("common");
  useWindowKeys();
  const panesShare = useLayoutStore((state) => state.panesShare);
  const dockShare = useLayoutStore((state) => state.dockShare);
  const isDockFolded = useLayoutStore((state) => state.isDockFolded);

  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={500}>
        <div className="app">
          <TopBar />
          <LinkBar />
          <main className="app-main">
            <h1 className="visually-hidden">{t("appName")}</h1>
            <div className="app-panes" style={isDockFolded ? { flex: 1 } : { flex: `0 0 ${dockShare * 100}%` }}>
              <div className="app-pane" style={{ flex: `0 0 ${panesShare * 100}%` }}>
                <Pane side="local" />
              </div>
              <Splitter
                label={t("resizePanes")}
                orientation="vertical"
                share={panesShare}
                onMove={(share) => useLayoutStore.setState({ panesShare: share })}
              />
              <div className="app-pane app-pane-rest">
                <Pane side="remote" />
              </div>
            </div>
            {isDockFolded ? null : (
              <Splitter
                label={t("resizeDock")}
                orientation="horizontal"
                share={dockShare}
                defaultShare={0.68}
                onMove={(share) => useLayoutStore.setState({ dockShare: share })}
              />
            )}
            <div className="app-dock" data-folded={isDockFolded ? "" : undefined}>
              <Dock />
            </div>
          </main>
          <StatusBar />
        </div>
        <PaneDialogs />
        <DragLayer />
        <Notices />
        <PromptCards />
        <SiteManagerDialog />
        <SettingsDialog />
        <PlanDialog />
        <ShortcutsDialog />
        <LiveRegion />
        <WindowProgress />
      </Tooltip.Provider>
    </CSPProvider>
  );
}
