import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { Settings, ShownSettings } from "../../shared/models/settings.ts";

/** One setting: the words a search looks through, and its control. */
export type Entry = { readonly words: string; readonly control: ReactNode; readonly isWide?: boolean };
export type Section = { readonly title: string; readonly entries: readonly Entry[] };

/** What a section is made of. Each change holds at once. */
export type SectionParts = {
  readonly t: TFunction<"settings">;
  /** Words that the dock has too. */
  readonly tFinished: TFunction<"queueControl">;
  readonly settings: ShownSettings;
  readonly set: (change: Partial<Settings>) => void;
};

/** The entries that speak of the search text; a section whose title does is shown whole. */
export function narrowSections(sections: readonly Section[], search: string): readonly Section[] {
  const wanted = search.trim().toLocaleLowerCase();
  const speaks = (text: string): boolean => text.toLocaleLowerCase().includes(wanted);
  return sections
    .map((section) =>
      speaks(section.title) ? section : { ...section, entries: section.entries.filter(({ words }) => speaks(words)) },
    )
    .filter(({ entries }) => entries.length > 0);
}
