import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { EntryColumns } from "../../shared/models/entry.ts";
import type { Side } from "../../shared/models/place.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { isHiddenName } from "../stores/entryOrder.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";

/** How much is here, and how much of it is selected. */
export function PaneStatus({ side }: { readonly side: Side }) {
  const { t } = useTranslation("panes");
  const formats = useFormats();
  const columns = usePaneStore(side, (state) => state.columns);
  const rows = usePaneStore(side, (state) => state.selection.rows);
  const phase = usePaneStore(side, (state) => state.phase);
  const showHidden = useSettingsStore((state) => state.settings.showHidden);
  const folder = useMemo(() => measureFolder(columns, showHidden), [columns, showHidden]);
  const selectedBytes = useMemo(() => sumSizes(columns, rows), [columns, rows]);

  const parts =
    rows.size > 0
      ? [t("selectedCount", { count: rows.size }), selectedBytes > 0 ? formats.size(selectedBytes) : ""]
      : [
          t("itemCount", { count: folder.shown }),
          folder.bytes > 0 ? formats.size(folder.bytes) : "",
          folder.hidden > 0 ? t("hiddenCount", { count: folder.hidden }) : "",
        ];
  const isShown = phase === "ready" || phase === "arriving";
  return (
    <div className="pane-status">
      {isShown ? parts.filter((part) => part !== "").join(" · ") : null}
      {phase === "arriving" ? <span>{t("stillArriving")}</span> : null}
    </div>
  );
}

function measureFolder({ names, sizes }: EntryColumns, showHidden: boolean) {
  let [shown, hidden, bytes] = [0, 0, 0];
  for (let row = 0; row < names.length; row++) {
    if (!showHidden && isHiddenName(names[row] ?? "")) hidden++;
    else {
      shown++;
      bytes += sizes[row] ?? 0;
    }
  }
  return { shown, hidden, bytes };
}

function sumSizes({ sizes }: EntryColumns, rows: ReadonlySet<number>): number {
  let bytes = 0;
  for (const row of rows) bytes += sizes[row] ?? 0;
  return bytes;
}
