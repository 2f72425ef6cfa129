import { ChevronDown, Lock, LockOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useShownConnection } from "../panes/useShownConnection.ts";
import { useSitesStore } from "../stores/sitesStore.ts";
import { Button } from "../ui/Button.tsx";
import { MenuButton } from "../ui/MenuButton.tsx";
import { useSiteMenu } from "./useSiteMenu.tsx";

/** The site on the other side: its colour, its name, whether the way there is encrypted. Opens the list of all sites. */
export function SiteSwitcher() {
  const { t } = useTranslation("topBar");
  const connection = useShownConnection();
  const colour = useSitesStore((state) => state.sites.find(({ id }) => id === connection?.siteId)?.colour ?? "none");
  const items = useSiteMenu();
  const isLive = connection?.status.state === "connected";
  const isEncrypted = connection?.status.state === "connected" && connection.status.security.encrypted;
  const LockGlyph = isEncrypted ? Lock : LockOpen;
  return (
    <MenuButton
      items={items}
      trigger={
        <Button
          kind="plain"
          className="site-switcher"
          aria-label={`${t("site")}: ${connection?.siteName ?? t("notConnected")}`}
        >
          <span className="connection-dot" data-colour={colour} data-live={isLive ? "" : undefined} aria-hidden />
          <span className="site-switcher-name">{connection?.siteName ?? t("notConnected")}</span>
          {isLive ? (
            <span
              className="site-switcher-lock"
              title={t(isEncrypted ? "encrypted" : "plain")}
              data-encrypted={isEncrypted ? "" : undefined}
            >
              <LockGlyph size={13} aria-hidden />
            </span>
          ) : null}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    />
  );
}
