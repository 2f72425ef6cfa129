import { allowNotifications } from "../../app/notifications.ts";
import { useAppStore } from "../../stores/appStore.ts";
import { choice, text } from "../entries.tsx";
import { finishedChoices } from "../finishedChoices.ts";
import type { Section, SectionParts } from "../section.ts";

/** What follows the end of the queue. */
export function finishedSection({ tFinished: t, settings, set }: SectionParts): Section {
  const endings = useAppStore.getState().facts?.endings ?? [];
  return {
    title: t("whenFinished"),
    entries: [
      choice({
        label: t("whatToDo"),
        hint: t("whenFinishedHint"),
        value: settings.whenFinished,
        options: finishedChoices(t, endings),
        onChange: (whenFinished) => {
          if (whenFinished === "notify") allowNotifications();
          set({ whenFinished });
        },
      }),
      text({
        label: t("finishedCommand"),
        hint: t("finishedCommandHint"),
        value: settings.finishedCommand,
        errorOf: (command) =>
          settings.whenFinished === "command" && command.trim() === "" ? t("finishedCommandMissing") : undefined,
        onChange: (finishedCommand) => set({ finishedCommand }),
      }),
    ],
  };
}
