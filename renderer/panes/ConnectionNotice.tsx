import { Loader2, Unplug } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Connection } from "../../shared/models/connection.ts";
import { useEngine } from "../app/EngineContext.ts";
import { connectionIntents } from "../intents/connectionIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { useSitesStore } from "../stores/sitesStore.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorNote } from "../ui/ErrorNote.tsx";

/** The remote pane while its connection comes up, and after it has ended. */
export function ConnectionNotice({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation("panes");
  const engine = useEngine();
  const { status, siteName, siteId } = connection;
  const isSaved = useSitesStore((state) => state.sites.some((site) => site.id === siteId && site.origin === "saved"));
  const reconnect = (
    <Button kind="primary" onClick={() => reportFailure(connectionIntents(engine).reconnect(), siteName)}>
      {t("connectAgain")}
    </Button>
  );
  if (status.state === "failed") {
    return (
      <div className="empty-state" role="alert">
        <ErrorNote error={status.error} heading={siteName} />
        <div className="empty-state-actions">
          {reconnect}
          {isSaved ? (
            <Button onClick={() => useUiStore.setState((state) => applyDialog(state, { kind: "siteManager", siteId }))}>
              {t("editSite")}
            </Button>
          ) : null}
        </div>
      </div>
    );
  }
  if (status.state === "closed") {
    return (
      <EmptyState icon={Unplug} title={t("disconnected", { site: siteName })} text={t("disconnectedText")}>
        {reconnect}
      </EmptyState>
    );
  }
  const isAgain = status.state === "reconnecting";
  return (
    <div className="empty-state" role="status">
      <Loader2 size={24} strokeWidth={1.5} className="spinning" aria-hidden />
      <div className="empty-state-title">{t(isAgain ? "reconnecting" : "connecting", { site: siteName })}</div>
    </div>
  );
}
