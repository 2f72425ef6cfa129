import type { i18n } from "i18next";
import { chooseLanguage } from "../i18n/createI18n.ts";
import { type SettingsState, useSettingsStore } from "../stores/settingsStore.ts";

/** Keeps language and theme of the page as the settings say. "System" leaves the theme to the style sheet. */
export function followPreferences(i18n: i18n, page: HTMLElement): void {
  const follow = ({ settings }: SettingsState): void => {
    const language = chooseLanguage(settings.language, navigator.languages);
    if (language !== i18n.language) void i18n.changeLanguage(language);
    page.lang = language;
    if (settings.theme === "system") delete page.dataset.theme;
    else page.dataset.theme = settings.theme;
  };
  follow(useSettingsStore.getState());
  useSettingsStore.subscribe(follow);
}
