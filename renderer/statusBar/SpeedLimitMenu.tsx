import { Turtle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Settings } from "../../shared/models/settings.ts";
import { useEngine } from "../app/EngineContext.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";
import { MenuButton } from "../ui/MenuButton.tsx";
import type { MenuItem } from "../ui/menuItem.ts";
import { speedChoices } from "./speedChoices.ts";

type Field = "maxDownBytesPerSecond" | "maxUpBytesPerSecond";

/** The speed limits' switch, with the figures at hand; the rest is in the settings. */
export function SpeedLimitMenu() {
  const { t } = useTranslation("statusBar");
  const formats = useFormats();
  const engine = useEngine();
  const settings = useSettingsStore((state) => state.settings);
  const { limitsSpeed, speedSchedule } = settings;
  const isScheduled = speedSchedule.length > 0;
  const change = (changes: Partial<Settings>) =>
    reportFailure(engine.call("settings.change", changes), t("speed.limit"));

  const rate = (bytesPerSecond: number) =>
    bytesPerSecond === 0 ? t("speed.unlimited") : formats.speed(bytesPerSecond);
  const choice = (field: Field, label: string): MenuItem => ({
    kind: "submenu",
    label: `${label}: ${rate(settings[field])}`,
    items: [
      {
        kind: "choices",
        chosen: String(settings[field]),
        options: speedChoices(settings[field]).map((value) => ({ value: String(value), label: rate(value) })),
        choose: (value) => change({ [field]: Number(value), limitsSpeed: true }),
      },
    ],
  });
  const items: readonly MenuItem[] = [
    {
      kind: "check",
      label: t("speed.limit"),
      isChecked: limitsSpeed,
      run: () => change({ limitsSpeed: !limitsSpeed }),
    },
    { kind: "separator" },
    ...(isScheduled
      ? [{ kind: "heading", label: t("speed.scheduled") } as const]
      : [choice("maxDownBytesPerSecond", t("speed.download")), choice("maxUpBytesPerSecond", t("speed.upload"))]),
    { kind: "separator" },
    {
      kind: "action",
      label: t("speed.settings"),
      run: () => useUiStore.setState((state) => applyDialog(state, { kind: "settings" })),
    },
  ];

  const now = !limitsSpeed
    ? t("speed.off")
    : isScheduled
      ? t("speed.onBySchedule")
      : t("speed.on", { down: rate(settings.maxDownBytesPerSecond), up: rate(settings.maxUpBytesPerSecond) });
  return (
    <MenuButton
      align="end"
      trigger={
        <button
          type="button"
          className="status-button"
          title={now}
          aria-label={now}
          data-on={limitsSpeed ? "" : undefined}
        >
          <Turtle size={14} aria-hidden />
          {limitsSpeed ? <span>{isScheduled ? t("speed.schedule") : t("speed.limited")}</span> : null}
        </button>
      }
      items={items}
    />
  );
}
