import { assertNever } from "../../shared/assertNever.ts";
import { applyDialog, useUiStore } from "../stores/uiStore.ts";
import { ChecksumDialog } from "./ChecksumDialog.tsx";
import { CopyToSiteDialog } from "./CopyToSiteDialog.tsx";
import { CreateLinkDialog } from "./CreateLinkDialog.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { NewFolderDialog } from "./NewFolderDialog.tsx";
import { PermissionsDialog } from "./PermissionsDialog.tsx";

/** The dialogs that belong to a pane, one at a time. */
export function PaneDialogs() {
  const dialog = useUiStore((state) => state.dialog);
  const close = () => useUiStore.setState((state) => applyDialog(state, null));
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "newFolder":
      return <NewFolderDialog side={dialog.side} onClose={close} />;
    case "delete":
      return <DeleteDialog side={dialog.side} entries={dialog.entries} onClose={close} />;
    case "permissions":
      return <PermissionsDialog side={dialog.side} entries={dialog.entries} onClose={close} />;
    case "checksum":
      return <ChecksumDialog entry={dialog.entry} onClose={close} />;
    case "copyToSite":
      return <CopyToSiteDialog entries={dialog.entries} onClose={close} />;
    case "createLink":
      return <CreateLinkDialog entry={dialog.entry} onClose={close} />;
    case "siteManager":
    case "settings":
    case "shortcuts":
    case "plan":
      return null;
    default:
      return assertNever(dialog);
  }
}
