import { number, seconds, toggle } from "../entries.tsx";
import type { Section, SectionParts } from "../section.ts";

/** How many transfers run, and how often they are tried. */
export function transferSection({ t, settings, set }: SectionParts): Section {
  return {
    title: t("sectionTransfers"),
    entries: [
      number({
        label: t("maxTransfers"),
        hint: t("maxTransfersHint"),
        value: settings.maxTransfers,
        range: [0, 20],
        onChange: (maxTransfers) => set({ maxTransfers }),
      }),
      number({
        label: t("maxRetries"),
        hint: t("maxRetriesHint"),
        value: settings.maxRetries,
        range: [0, 99],
        onChange: (maxRetries) => set({ maxRetries }),
      }),
      seconds({
        label: t("retryDelay"),
        hint: t("retryDelayHint"),
        value: settings.retryDelayMs,
        range: [0, 999],
        onChange: (retryDelayMs) => set({ retryDelayMs }),
      }),
      number({
        label: t("planAboveFiles"),
        hint: t("planAboveFilesHint"),
        value: settings.planAboveFiles,
        range: [0, 1_000_000],
        onChange: (planAboveFiles) => set({ planAboveFiles }),
      }),
      toggle({
        label: t("preserveTimes"),
        hint: t("preserveTimesHint"),
        checked: settings.preserveTimes,
        onChange: (preserveTimes) => set({ preserveTimes }),
      }),
    ],
  };
}
