import { useTranslation } from "react-i18next";
import { type Side, typedFolderSchema } from "../../shared/models/place.ts";
import { NameDialog } from "./NameDialog.tsx";
import { usePaneActions } from "./usePaneActions.ts";

export type NewFolderDialogProps = { readonly side: Side; readonly onClose: () => void };

/** Asks for a name, or several levels of names, and makes the folder; a refusal stands in the pane. */
export function NewFolderDialog({ side, onClose }: NewFolderDialogProps) {
  const { t } = useTranslation("panes");
  const { createFolder } = usePaneActions(side);
  return (
    <NameDialog
      title={t("newFolderTitle")}
      label={t("folderName")}
      suggestion={t("newFolderTitle")}
      isValid={(name) => typedFolderSchema.safeParse(name).success}
      wrong={t("folderWrong")}
      hint={t("folderLevels")}
      onSubmit={(name) => void createFolder(name)}
      onClose={onClose}
    />
  );
}
