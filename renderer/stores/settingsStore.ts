import { create } from "zustand";
import { defaultSettings, type Settings } from "../../shared/models/settings.ts";

export type SettingsState = { readonly settings: Settings };

export const useSettingsStore = create<SettingsState>(() => ({ settings: defaultSettings }));

export function applySettings(_state: SettingsState, settings: Settings): SettingsState {
  return { settings };
}
