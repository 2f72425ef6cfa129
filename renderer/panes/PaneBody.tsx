import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { applyPaneLayout, useLayoutStore } from "../stores/layoutStore.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { Splitter } from "../ui/Splitter.tsx";
import { Welcome } from "../welcome/Welcome.tsx";
import { ConnectionNotice } from "./ConnectionNotice.tsx";
import { FileList } from "./FileList.tsx";
import { FolderTree } from "./FolderTree.tsx";
import { useShownConnection } from "./useShownConnection.ts";

/** The tree above the list; or, on the remote side, what stands in their place while there is no folder to show. */
export function PaneBody({ side }: { readonly side: Side }) {
  const { t } = useTranslation("common");
  const { isTreeShown, treeShare } = useLayoutStore((state) => state[side]);
  const connection = useShownConnection();
  const hasFolder = usePaneStore(side, (state) => state.path !== null);

  if (side === "remote") {
    if (connection === null) return <Welcome />;
    const { state } = connection.status;
    if (!hasFolder || state === "failed" || state === "closed") return <ConnectionNotice connection={connection} />;
  }
  return (
    <div className="pane-body">
      {isTreeShown ? (
        <>
          <div className="pane-tree" style={{ flex: `0 0 ${treeShare * 100}%` }}>
            <FolderTree side={side} />
          </div>
          <Splitter
            label={t("resizeTree")}
            orientation="horizontal"
            share={treeShare}
            min={0.1}
            max={0.8}
            defaultShare={0.3}
            onMove={(share) => useLayoutStore.setState((state) => applyPaneLayout(state, side, { treeShare: share }))}
          />
        </>
      ) : null}
      <FileList side={side} />
    </div>
  );
}
