import { ArrowLeft, ArrowRight, ArrowUp, EllipsisVertical, Monitor, RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { keysOf } from "../commands/shortcuts.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { useSitesStore } from "../stores/sitesStore.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { MenuButton } from "../ui/MenuButton.tsx";
import { PathBar } from "./PathBar.tsx";
import { usePaneActions } from "./usePaneActions.ts";
import { useShownConnection } from "./useShownConnection.ts";
import { useViewMenu } from "./useViewMenu.ts";

/** Where am I, and how do I get elsewhere. The active pane is told by this line. */
export function PaneHeader({ side }: { readonly side: Side }) {
  const { t } = useTranslation("panes");
  const actions = usePaneActions(side);
  const viewMenu = useViewMenu(side);
  const hasFolder = usePaneStore(side, (state) => state.path !== null);
  const canGoBack = usePaneStore(side, (state) => state.back.length > 0);
  const canGoForward = usePaneStore(side, (state) => state.forward.length > 0);
  const canGoUp = usePaneStore(side, (state) => (state.head?.parentPath ?? null) !== null);
  return (
    <div className="pane-header">
      {side === "local" ? <Monitor size={16} aria-label={t("thisComputer")} role="img" /> : <SiteDot />}
      <div className="pane-header-group">
        <IconButton
          icon={ArrowLeft}
          size="small"
          label={t("back")}
          shortcut={keysOf("back")}
          disabled={!canGoBack}
          onClick={actions.goBack}
        />
        <IconButton
          icon={ArrowRight}
          size="small"
          label={t("forward")}
          shortcut={keysOf("forward")}
          disabled={!canGoForward}
          onClick={actions.goForward}
        />
        <IconButton
          icon={ArrowUp}
          size="small"
          label={t("up")}
          shortcut={keysOf("up")}
          disabled={!canGoUp}
          onClick={actions.goUp}
        />
      </div>
      <PathBar side={side} />
      <div className="pane-header-group">
        <IconButton
          icon={RefreshCw}
          size="small"
          label={t("refresh")}
          shortcut={keysOf("refresh")}
          disabled={!hasFolder}
          onClick={actions.refresh}
        />
        <MenuButton
          trigger={<IconButton icon={EllipsisVertical} size="small" label={t("more")} />}
          items={viewMenu}
          align="end"
        />
      </div>
    </div>
  );
}

function SiteDot() {
  const connection = useShownConnection();
  const colour = useSitesStore((state) => state.sites.find(({ id }) => id === connection?.siteId)?.colour ?? "none");
  const isLive = connection?.status.state === "connected";
  return <span className="connection-dot" data-colour={colour} data-live={isLive ? "" : undefined} aria-hidden />;
}
