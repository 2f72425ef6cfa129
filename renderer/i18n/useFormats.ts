import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSettingsStore } from "../stores/settingsStore.ts";
import { createFormats, type Formats } from "./format.ts";

/** The figures of the language and size format in force. */
export function useFormats(): Formats {
  const { t, i18n } = useTranslation("common");
  const sizeFormat = useSettingsStore((state) => state.settings.sizeFormat);
  return useMemo(
    () =>
      createFormats(i18n.language, sizeFormat, {
        today: (time) => t("today", { time }),
        yesterday: (time) => t("yesterday", { time }),
      }),
    [i18n.language, sizeFormat, t],
  );
}
