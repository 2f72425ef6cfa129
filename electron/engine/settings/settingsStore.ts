import { defaultSettings, type Settings, settingsSchema } from "../../../shared/models/settings.ts";
import type { DocumentStore } from "../db/documentStore.ts";
import { applyChanges, type Changes } from "../util/changes.ts";
import { createListeners } from "../util/listeners.ts";

export type SettingsStore = {
  readonly get: () => Settings;
  readonly change: (changes: Changes<Settings>) => void;
  /** Calls back after each change. Returns its undo. */
  readonly watch: (changed: (settings: Settings) => void) => () => void;
};

const documentName = "settings";

/** Settings with their defaults. A stored value this version does not understand falls back to its default, alone. */
export function createSettingsStore(documents: DocumentStore): SettingsStore {
  let settings = readSettings(documents.load(documentName));
  const listeners = createListeners<Settings>();
  return {
    get: () => settings,
    change: (changes) => {
      settings = settingsSchema.parse(applyChanges(settings, changes));
      documents.save(documentName, JSON.stringify(settings));
      listeners.tell(settings);
    },
    watch: listeners.add,
  };
}

function readSettings(text: string | null): Settings {
  const stored = parseObject(text);
  let settings = defaultSettings;
  for (const name of Object.keys(defaultSettings)) {
    const changed = settingsSchema.safeParse({ ...settings, [name]: stored[name] });
    if (changed.success) settings = changed.data;
  }
  return settings;
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {}; // a damaged document: the defaults stand in for it
  }
}
