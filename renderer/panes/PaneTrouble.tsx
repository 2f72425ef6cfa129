import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { applyTrouble, paneStores, usePaneStore } from "../stores/paneStore.ts";
import { ErrorNote } from "../ui/ErrorNote.tsx";
import { IconButton } from "../ui/IconButton.tsx";

/** What was tried in this folder and failed, above the list it concerns. */
export function PaneTrouble({ side }: { readonly side: Side }) {
  const { t } = useTranslation("common");
  const trouble = usePaneStore(side, (state) => state.trouble);
  if (trouble === null) return null;
  return (
    <div className="pane-trouble" role="alert">
      <ErrorNote error={trouble.error} heading={trouble.heading} />
      <IconButton
        icon={X}
        size="small"
        label={t("dismiss")}
        onClick={() => paneStores[side].setState((state) => applyTrouble(state, null))}
      />
    </div>
  );
}
