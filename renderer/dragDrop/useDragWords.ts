import { useTranslation } from "react-i18next";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { type FolderTarget, planDrop } from "./planDrop.ts";

/** What a drop here would do, as a sentence: "Upload 12 items to /public_html". */
export function useDragWords() {
  const { t } = useTranslation("panes");
  return {
    entries: (entries: readonly PaneEntry[], target: FolderTarget | null): string => {
      const what = { count: entries.length, name: entries[0]?.name ?? "" };
      const plan = target === null ? null : planDrop(entries, target);
      if (plan === null) return t("drag.carrying", what);
      return t(`drag.${plan.action}`, { ...what, path: plan.target.label });
    },
    files: (target: FolderTarget | null): string => {
      if (target === null) return "";
      return target.side === "remote" ? t("drag.osUpload", { path: target.label }) : t("drag.osLocal");
    },
  };
}
