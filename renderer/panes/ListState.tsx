import { EyeOff, FolderOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { useLongerThan } from "./useLongerThan.ts";
import { usePaneActions } from "./usePaneActions.ts";

const skeletonAfterMs = 150; // a quicker answer needs no placeholder, and would flicker with one

export type ListStateProps = { readonly side: Side; readonly shownCount: number };

/** What lies over the list when there are no rows to show: reading, empty, failed. */
export function ListState({ side, shownCount }: ListStateProps) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const actions = usePaneActions(side);
  const phase = usePaneStore(side, (state) => state.phase);
  const error = usePaneStore(side, (state) => state.error);
  const count = usePaneStore(side, (state) => state.columns.names.length);
  const hasParent = usePaneStore(side, (state) => (state.head?.parentPath ?? null) !== null);
  const isSlow = useLongerThan(phase === "reading", skeletonAfterMs);

  if (phase === "failed" && error !== null) {
    return (
      <div className="list-state">
        <div role="alert" className="list-state-error">
          <ErrorNote error={error} />
          <div className="empty-state-actions">
            <Button kind="primary" onClick={actions.refresh}>
              {tCommon("retry")}
            </Button>
            {hasParent ? <Button onClick={actions.goUp}>{t("goUp")}</Button> : null}
          </div>
        </div>
      </div>
    );
  }
  if (isSlow) {
    return (
      <div className="list-state list-skeleton" role="status" aria-label={t("reading")}>
        {[62, 48, 71, 40, 55, 66, 44].map((width) => (
          <div key={width} className="skeleton-row" style={{ width: `${width}%` }} />
        ))}
      </div>
    );
  }
  const isEmpty = phase === "ready" && shownCount <= Number(hasParent);
  if (!isEmpty) return null;
  return (
    <div className="list-state list-empty">
      {count > 0 ? (
        <EmptyState icon={EyeOff} title={t("emptyHidden")} text={t("emptyHiddenText")} />
      ) : (
        <EmptyState icon={FolderOpen} title={t("emptyFolder")} text={t("emptyFolderText")} />
      )}
    </div>
  );
}
