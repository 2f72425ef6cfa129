import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PermissionChange } from "../../shared/models/permissions.ts";
import type { Side } from "../../shared/models/place.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { Button } from "../ui/Button.tsx";
import { Checkbox } from "../ui/Checkbox.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { PermissionFields } from "./PermissionFields.tsx";
import { commonChange, fromOctalText, toOctalText } from "./permissionBits.ts";
import { usePaneActions } from "./usePaneActions.ts";

export type PermissionsDialogProps = {
  readonly side: Side;
  readonly entries: readonly PaneEntry[];
  readonly onClose: () => void;
};

type Part = { readonly isOn: boolean; readonly text: string };

/** What files and folders are to allow, apart from each other; for folders, on demand, with all they hold. */
export function PermissionsDialog({ side, entries, onClose }: PermissionsDialogProps) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const { setPermissions } = usePaneActions(side);
  const formId = useId();
  // Where the keyboard begins is where it stays: a dialog that takes the focus late would cut off what is being typed.
  const octal = useRef<HTMLInputElement>(null);
  const folderEntries = entries.filter(({ type }) => type === "directory");
  const fileEntries = entries.filter(({ type }) => type !== "directory");
  const [folders, setFolders] = useState(() => partOf(folderEntries));
  const [files, setFiles] = useState(() => partOf(fileEntries));
  const [recursive, setRecursive] = useState(false);
  const showsFolders = folderEntries.length > 0;
  const showsFiles = fileEntries.length > 0 || recursive;
  const isApart = showsFolders && showsFiles;

  const changeOf = ({ isOn, text }: Part, isShown: boolean): PermissionChange | null =>
    isShown && (isOn || !isApart) ? fromOctalText(text) : null;
  const plan = { files: changeOf(files, showsFiles), folders: changeOf(folders, showsFolders), recursive };
  const isWrong = (part: Part, isShown: boolean) =>
    isShown && (part.isOn || !isApart) && fromOctalText(part.text) === null;
  const isReady =
    (plan.files !== null || plan.folders !== null) && !isWrong(files, showsFiles) && !isWrong(folders, showsFolders);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    onClose();
    void setPermissions(entries, plan);
  };

  const section = (key: "files" | "folders", part: Part, setPart: (part: Part) => void) => (
    <section key={key} className="permissions-part" aria-label={t(`permissionsOf.${key}`)}>
      {isApart ? (
        <Checkbox
          label={t(`permissionsOf.${key}`)}
          checked={part.isOn}
          onChange={(isOn) => setPart({ ...part, isOn })}
        />
      ) : null}
      {part.isOn || !isApart ? (
        <PermissionFields
          text={part.text}
          onChange={(text) => setPart({ isOn: true, text })}
          {...(key === "folders" || !showsFolders ? { octalRef: octal } : {})}
        />
      ) : null}
    </section>
  );

  return (
    <Dialog
      isOpen
      title={t("permissionsTitle", { count: entries.length, name: entries[0]?.name ?? "" })}
      size={showsFolders ? "wide" : "normal"}
      onClose={onClose}
      initialFocus={octal}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={!isReady}>
            {tCommon("apply")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="permissions-form">
        <div className="permissions-parts">
          {showsFolders ? section("folders", folders, setFolders) : null}
          {showsFiles ? section("files", files, setFiles) : null}
        </div>
        {showsFolders ? (
          <Checkbox label={t("permissionsRecursive")} checked={recursive} onChange={setRecursive} />
        ) : null}
      </form>
    </Dialog>
  );
}

/** What the chosen entries of one kind agree on; a kind that is not among them is left alone until somebody says otherwise. */
function partOf(entries: readonly PaneEntry[]): Part {
  return { isOn: entries.length > 0, text: toOctalText(commonChange(entries.map(({ permissions }) => permissions))) };
}
