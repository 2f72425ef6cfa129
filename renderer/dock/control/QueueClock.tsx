import { AlarmClock } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { whenFinishedSchema } from "../../../shared/models/settings.ts";
import { useEngine } from "../../app/EngineContext.ts";
import { allowNotifications } from "../../app/notifications.ts";
import { queueIntents } from "../../intents/queueIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { finishedChoices } from "../../settings/finishedChoices.ts";
import { useAppStore } from "../../stores/appStore.ts";
import { useSettingsStore } from "../../stores/settingsStore.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { MenuButton } from "../../ui/MenuButton.tsx";
import { StartAtDialog } from "./StartAtDialog.tsx";

/** When the whole queue starts, and what follows its end. */
export function QueueClock() {
  const { t } = useTranslation("queueControl");
  const engine = useEngine();
  const queue = useMemo(() => queueIntents(engine), [engine]);
  const { whenFinished, finishedCommand } = useSettingsStore((state) => state.settings);
  const endings = useAppStore((state) => state.facts?.endings);
  const [isAsking, setAsking] = useState(false);
  // A command is written in the settings; without one there is nothing to run.
  const options = finishedChoices(t, endings ?? []).filter(
    ({ value }) => value !== "command" || finishedCommand !== "",
  );

  return (
    <>
      <MenuButton
        align="end"
        trigger={<IconButton icon={AlarmClock} label={t("tools")} />}
        items={[
          { kind: "action", label: t("startQueueAt"), run: () => setAsking(true) },
          { kind: "separator" },
          { kind: "heading", label: t("whenFinished") },
          {
            kind: "choices",
            chosen: whenFinished,
            options,
            choose: (value) => {
              const chosen = whenFinishedSchema.parse(value);
              if (chosen === "notify") allowNotifications();
              reportFailure(engine.call("settings.change", { whenFinished: chosen }), t("whenFinished"));
            },
          },
        ]}
      />
      {isAsking ? (
        <StartAtDialog
          of="queue"
          onClose={() => setAsking(false)}
          onChoose={(atMs) => reportFailure(queue.startAt(null, atMs), t("setStart"))}
        />
      ) : null}
    </>
  );
}
