import { useTranslation } from "react-i18next";
import { typedNameSchema } from "../../shared/models/place.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { NameDialog } from "./NameDialog.tsx";
import { usePaneActions } from "./usePaneActions.ts";

export type CreateLinkDialogProps = { readonly entry: PaneEntry; readonly onClose: () => void };

/** Asks for the name of a link to a remote entry, and makes it beside the entry; a refusal stands in the pane. */
export function CreateLinkDialog({ entry, onClose }: CreateLinkDialogProps) {
  const { t } = useTranslation("panes");
  const { createLink } = usePaneActions("remote");
  return (
    <NameDialog
      title={t("linkTitle", { name: entry.name })}
      label={t("linkName")}
      suggestion={t("linkSuggestion", { name: entry.name })}
      isValid={(name) => typedNameSchema.safeParse(name).success}
      wrong={t("nameWrong")}
      onSubmit={(name) => void createLink(entry, name)}
      onClose={onClose}
    />
  );
}
