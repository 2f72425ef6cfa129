import { useTranslation } from "react-i18next";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { type FolderTarget, planDrop } from "./planDrop.ts";

/** What a drop here would do, as a sentence: "Upload 12 items to /public_html"; `plansFirst`: that it would be planned. */
export function useDragWords() {
  const { t } = useTranslation("panes");
  return {
    entries: (entries: readonly PaneEntry[], target: FolderTarget | null, plansFirst: boolean): string => {
      const what = { count: entries.length, name: entries[0]?.name ?? "" };
      const plan = target === null ? null : planDrop(entries, target);
      if (plan === null) return t("drag.carrying", what);
      const words = t(`drag.${plan.action}`, { ...what, path: plan.target.label });
      return plansFirst && plan.action !== "move" ? t("drag.planned", { what: words }) : words;
    },
    files: (target: FolderTarget | null, plansFirst: boolean): string => {
      if (target === null) return "";
      if (target.side === "local") return t("drag.osLocal");
      const words = t("drag.osUpload", { path: target.label });
      return plansFirst ? t("drag.planned", { what: words }) : words;
    },
  };
}
