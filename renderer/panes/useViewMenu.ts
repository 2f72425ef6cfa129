import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { useEngine } from "../app/EngineContext.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { applyPaneLayout, useLayoutStore } from "../stores/layoutStore.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";
import type { MenuItem } from "../ui/menuItem.ts";
import { useColumnMenu } from "./useColumnMenu.ts";

/** How a pane shows its folder. */
export function useViewMenu(side: Side): readonly MenuItem[] {
  const { t } = useTranslation("panes");
  const engine = useEngine();
  const isTreeShown = useLayoutStore((state) => state[side].isTreeShown);
  const showHidden = useSettingsStore((state) => state.settings.showHidden);
  const columns = useColumnMenu(side);
  return [
    {
      kind: "check",
      label: t("showTree"),
      isChecked: isTreeShown,
      run: () => useLayoutStore.setState((state) => applyPaneLayout(state, side, { isTreeShown: !isTreeShown })),
    },
    {
      kind: "check",
      label: t("showHidden"),
      isChecked: showHidden,
      run: () => reportFailure(engine.call("settings.change", { showHidden: !showHidden }), t("showHidden")),
    },
    { kind: "submenu", label: t("showColumns"), items: columns },
  ];
}
