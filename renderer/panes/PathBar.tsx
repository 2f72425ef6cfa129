import { ChevronRight } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { Crumb } from "./Crumb.tsx";
import { PathField } from "./PathField.tsx";
import { useEditPathRequest } from "./useEditPathRequest.ts";

/** The path as crumbs to press on; a press beside them, or Ctrl+L, turns it into text to edit. */
export function PathBar({ side }: { readonly side: Side }) {
  const { t } = useTranslation("panes");
  const head = usePaneStore(side, (state) => state.head);
  const [isEditing, setEditing] = useState(false);
  const bar = useRef<HTMLElement>(null);
  useEditPathRequest(side, () => setEditing(true));

  if (isEditing) return <PathField side={side} onDone={() => setEditing(false)} />;
  return (
    <nav ref={bar} className="path-bar" aria-label={side === "local" ? t("localPath") : t("remotePath")}>
      <div className="path-crumbs">
        {head?.crumbs.map((crumb, index) => (
          <span key={crumb.path} className="path-step">
            {index > 0 ? <ChevronRight size={12} aria-hidden /> : null}
            <Crumb side={side} crumb={crumb} isLast={index === head.crumbs.length - 1} />
          </span>
        ))}
      </div>
      <button type="button" className="path-rest" aria-label={t("editPath")} onClick={() => setEditing(true)} />
    </nav>
  );
}
