import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { EntryColumns } from "../../shared/models/entry.ts";
import type { Side } from "../../shared/models/place.ts";
import { type GrowingOrder, growOrder, type OrderRules, orderRows } from "../stores/entryOrder.ts";
import { useLayoutStore } from "../stores/layoutStore.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { parentRow } from "../stores/rowSelection.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";

/** The list top to bottom: the way up first, then rows as sorted. */
export function useShownRows(side: Side): Int32Array {
  const columns = usePaneStore(side, (state) => state.columns);
  const isArriving = usePaneStore(side, (state) => state.phase === "arriving");
  const hasParent = usePaneStore(
    side,
    (state) => state.rowsPath !== null && state.rowsPath === state.head?.path && state.head.parentPath !== null,
  );
  const sort = useLayoutStore((state) => state[side].sort);
  const showsHidden = useSettingsStore((state) => state.settings.showHidden);
  const locale = useTranslation().i18n.language;
  const rules = useMemo(() => ({ sort, showsHidden, locale }), [sort, showsHidden, locale]);
  const order = useGrowingOrder(columns, rules, isArriving);

  return useMemo(() => {
    const shown = new Int32Array(order.length + Number(hasParent));
    if (hasParent) shown[0] = parentRow;
    shown.set(order, Number(hasParent));
    return shown;
  }, [order, hasParent]);
}

function useGrowingOrder(columns: EntryColumns, rules: OrderRules, isArriving: boolean): Uint32Array {
  const growing = useRef<{ rules: OrderRules; order: GrowingOrder } | null>(null);
  return useMemo(() => {
    if (!isArriving) {
      growing.current = null;
      return orderRows(columns, rules);
    }
    const before = growing.current?.rules === rules ? growing.current.order : null;
    const order = growOrder(before, columns, rules);
    growing.current = { rules, order };
    return order.order;
  }, [columns, rules, isArriving]);
}
