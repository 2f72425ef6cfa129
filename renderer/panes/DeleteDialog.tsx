import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { paneStores } from "../stores/paneStore.ts";
import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { usePaneActions } from "./usePaneActions.ts";

export type DeleteDialogProps = {
  readonly side: Side;
  readonly entries: readonly PaneEntry[];
  readonly onClose: () => void;
};

/** Names how much would go, and from where. */
export function DeleteDialog({ side, entries, onClose }: DeleteDialogProps) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const { remove } = usePaneActions(side);
  const path = paneStores[side].getState().head?.displayPath ?? "";
  const hasFolders = entries.some(({ type }) => type === "directory");
  return (
    <ConfirmDialog
      isOpen
      isDangerous
      title={t("deleteTitle", { count: entries.length, name: entries[0]?.name ?? "" })}
      description={t(hasFolders ? "deleteTextWithFolders" : "deleteText", { path })}
      confirmLabel={tCommon("delete")}
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        void remove(entries);
      }}
    />
  );
}
