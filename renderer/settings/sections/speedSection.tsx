import { number, toggle } from "../entries.tsx";
import { SpeedSchedule } from "../SpeedSchedule.tsx";
import type { Section, SectionParts } from "../section.ts";

const kibibyte = 1024;
const mostKibibytes = 100 * 1024 ** 2; // what the model takes

/** How fast everything together may go, and when. */
export function speedSection({ t, settings, set }: SectionParts): Section {
  return {
    title: t("sectionSpeed"),
    entries: [
      {
        ...toggle({
          label: t("limitsSpeed"),
          hint: t("limitsSpeedHint"),
          checked: settings.limitsSpeed,
          onChange: (limitsSpeed) => set({ limitsSpeed }),
        }),
        isWide: true,
      },
      number({
        label: t("maxDown"),
        hint: t("maxDownHint"),
        value: Math.round(settings.maxDownBytesPerSecond / kibibyte),
        range: [0, mostKibibytes],
        onChange: (kibibytes) => set({ maxDownBytesPerSecond: kibibytes * kibibyte }),
      }),
      number({
        label: t("maxUp"),
        hint: t("maxUpHint"),
        value: Math.round(settings.maxUpBytesPerSecond / kibibyte),
        range: [0, mostKibibytes],
        onChange: (kibibytes) => set({ maxUpBytesPerSecond: kibibytes * kibibyte }),
      }),
      {
        words: `${t("speedSchedule")} ${t("speedScheduleHint")}`,
        control: (
          <SpeedSchedule
            rules={settings.speedSchedule}
            onChange={(speedSchedule) => set({ speedSchedule: [...speedSchedule] })}
          />
        ),
        isWide: true,
      },
    ],
  };
}
