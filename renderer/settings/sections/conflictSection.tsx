import { conflictWords } from "../conflictWords.ts";
import { choice } from "../entries.tsx";
import { RuleList } from "../rules/RuleList.tsx";
import type { Section, SectionParts } from "../section.ts";

/** What to do with a file that is already there. */
export function conflictSection({ t, settings, set }: SectionParts): Section {
  const options = conflictWords(t);
  return {
    title: t("sectionConflicts"),
    entries: [
      choice({
        label: t("uploadConflict"),
        value: settings.uploadConflict,
        options,
        onChange: (uploadConflict) => set({ uploadConflict }),
      }),
      choice({
        label: t("downloadConflict"),
        value: settings.downloadConflict,
        options,
        onChange: (downloadConflict) => set({ downloadConflict }),
      }),
      {
        words: `${t("rules")} ${t("rulesHint")}`,
        control: <RuleList rules={settings.conflictRules} onChange={(conflictRules) => set({ conflictRules })} />,
        isWide: true,
      },
    ],
  };
}
