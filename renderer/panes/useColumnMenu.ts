import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import { applyPaneLayout, columnNames, toggleColumn, useLayoutStore } from "../stores/layoutStore.ts";
import type { MenuItem } from "../ui/menuItem.ts";

/** Which columns a list shows. The name is not up for choice. */
export function useColumnMenu(side: Side): readonly MenuItem[] {
  const { t } = useTranslation("panes");
  const hidden = useLayoutStore((state) => state[side].hiddenColumns);
  return columnNames
    .filter((column) => column !== "name")
    .map((column) => ({
      kind: "check",
      label: t(`columns.${column}`),
      isChecked: !hidden.includes(column),
      run: () => useLayoutStore.setState((state) => applyPaneLayout(state, side, toggleColumn(state[side], column))),
    }));
}
