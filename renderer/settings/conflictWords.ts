import type { TFunction } from "i18next";
import type { Settings } from "../../shared/models/settings.ts";

type Choice = Settings["uploadConflict"];

/** What to do with a file that is already there, as options. */
export function conflictWords(t: TFunction<"settings">): readonly { readonly value: Choice; readonly label: string }[] {
  return [
    { value: "ask", label: t("conflictAsk") },
    { value: "overwrite", label: t("conflictOverwrite") },
    { value: "overwrite-if-newer", label: t("conflictOverwriteIfNewer") },
    { value: "overwrite-if-size-differs", label: t("conflictOverwriteIfSizeDiffers") },
    { value: "overwrite-if-size-differs-or-newer", label: t("conflictOverwriteIfDifferent") },
    { value: "resume", label: t("conflictResume") },
    { value: "rename", label: t("conflictRename") },
    { value: "skip", label: t("conflictSkip") },
  ];
}
