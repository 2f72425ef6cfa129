import { Anchor, Folder, Server, Unplug } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Site } from "../../shared/models/site.ts";
import { useEngine } from "../app/EngineContext.ts";
import { keysOf } from "../commands/shortcuts.ts";
import { connectionIntents } from "../intents/connectionIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { useShownConnection } from "../panes/useShownConnection.ts";
import { type SitesState, useSitesStore } from "../stores/sitesStore.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";
import type { MenuItem } from "../ui/menuItem.ts";

const recentCount = 5;

/** All sites as a menu: folders as submenus, then recent connections, the demo server and the site manager. */
export function useSiteMenu(): readonly MenuItem[] {
  const { t } = useTranslation("topBar");
  const { t: tCommon } = useTranslation("common");
  const sites = useSitesStore();
  const connection = useShownConnection();
  const intents = connectionIntents(useEngine());
  const open = ({ id, name }: Site): void => reportFailure(intents.openSite(id), name);

  const saved = toItems(sites, null, open);
  const recent = sites.sites
    .filter(({ origin }) => origin === "quick")
    .sort((a, b) => (b.lastConnectedMs ?? 0) - (a.lastConnectedMs ?? 0))
    .slice(0, recentCount);
  const isOpen = connection !== null && connection.status.state !== "closed" && connection.status.state !== "failed";

  return [
    ...(saved.length > 0 ? [{ kind: "heading", label: t("savedSites") } as const, ...saved] : []),
    ...(recent.length > 0
      ? [{ kind: "heading", label: t("recent") } as const, ...recent.map((site) => toItem(site, open))]
      : []),
    ...(saved.length + recent.length > 0 ? [{ kind: "separator" } as const] : []),
    {
      kind: "action",
      label: t("demo"),
      glyph: <Anchor size={14} aria-hidden />,
      run: () => reportFailure(intents.openDemo(), t("demo")),
    },
    {
      kind: "action",
      label: t("siteManager"),
      glyph: <Server size={14} aria-hidden />,
      shortcut: keysOf("siteManager"),
      run: () => useUiStore.setState((state) => applyDialog(state, { kind: "siteManager", siteId: null })),
    },
    ...(isOpen
      ? [
          { kind: "separator" } as const,
          {
            kind: "action",
            label: tCommon("disconnect"),
            glyph: <Unplug size={14} aria-hidden />,
            run: () => reportFailure(intents.disconnect(), tCommon("disconnect")),
          } as const,
        ]
      : []),
  ];
}

function toItems(
  { folders, sites }: SitesState,
  folderId: string | null,
  open: (site: Site) => void,
): readonly MenuItem[] {
  const inside = [
    ...folders
      .filter((folder) => folder.folderId === folderId)
      .map((folder) => ({
        position: folder.position,
        item: {
          kind: "submenu",
          label: folder.name,
          glyph: <Folder size={14} aria-hidden />,
          items: toItems({ revision: 0, folders, sites }, folder.id, open),
        } as const,
      })),
    ...sites
      .filter((site) => site.origin === "saved" && site.folderId === folderId)
      .map((site) => ({ position: site.position, item: toItem(site, open) })),
  ];
  return inside.sort((a, b) => a.position - b.position).map(({ item }) => item);
}

function toItem(site: Site, open: (site: Site) => void): MenuItem {
  return {
    kind: "action",
    label: site.name,
    glyph: <span className="connection-dot" data-colour={site.colour} data-live="" />,
    run: () => open(site),
  };
}
