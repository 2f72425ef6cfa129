import { create } from "zustand";
import { defaultSettings, type ShownSettings } from "../../shared/models/settings.ts";

export type SettingsState = { readonly settings: ShownSettings };

export const useSettingsStore = create<SettingsState>(() => ({
  settings: { ...defaultSettings, hasProxyPassword: false, hasFtpProxyPassword: false },
}));

export function applySettings(_state: SettingsState, settings: ShownSettings): SettingsState {
  return { settings };
}
