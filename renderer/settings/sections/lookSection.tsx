import { choice, toggle } from "../entries.tsx";
import type { Section, SectionParts } from "../section.ts";

/** How the window looks and speaks. */
export function lookSection({ t, settings, set }: SectionParts): Section {
  return {
    title: t("sectionLook"),
    entries: [
      choice({
        label: t("language"),
        value: settings.language,
        options: [
          { value: "system", label: t("languageSystem") },
          { value: "en", label: "English" },
          { value: "zh-CN", label: "简体中文" },
        ],
        onChange: (language) => set({ language }),
      }),
      choice({
        label: t("theme"),
        value: settings.theme,
        options: [
          { value: "system", label: t("themeSystem") },
          { value: "light", label: t("themeLight") },
          { value: "dark", label: t("themeDark") },
        ],
        onChange: (theme) => set({ theme }),
      }),
      choice({
        label: t("sizeFormat"),
        value: settings.sizeFormat,
        options: [
          { value: "binary", label: t("sizeBinary") },
          { value: "decimal", label: t("sizeDecimal") },
          { value: "bytes", label: t("sizeBytes") },
        ],
        onChange: (sizeFormat) => set({ sizeFormat }),
      }),
      toggle({
        label: t("showHidden"),
        checked: settings.showHidden,
        onChange: (showHidden) => set({ showHidden }),
      }),
    ],
  };
}
