import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Settings } from "../../shared/models/settings.ts";
import { catalogues, type Language } from "./catalogues.ts";

/** The texts of one language; `changeLanguage` switches the whole window. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: catalogues,
    defaultNS: "common",
    ns: Object.keys(catalogues.en),
    initAsync: false, // the catalogues are in the bundle: the first frame already speaks
    interpolation: { escapeValue: false }, // React escapes
  });
  return instance;
}

/** The language to speak: the one chosen, or the first of the system's that we have. */
export function chooseLanguage(chosen: Settings["language"], systemLanguages: readonly string[]): Language {
  if (chosen !== "system") return chosen;
  for (const language of systemLanguages) {
    const primary = language.toLowerCase().split("-")[0];
    if (primary === "zh") return "zh-CN";
    if (primary === "en") return "en";
  }
  return "en";
}
