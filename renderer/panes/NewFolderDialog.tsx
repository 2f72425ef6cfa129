import { type FormEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Side, typedFolderSchema } from "../../shared/models/place.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { TextField } from "../ui/TextField.tsx";
import { usePaneActions } from "./usePaneActions.ts";

export type NewFolderDialogProps = { readonly side: Side; readonly onClose: () => void };

/** Asks for a name and makes the folder; a refusal stands in the pane. */
export function NewFolderDialog({ side, onClose }: NewFolderDialogProps) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const { createFolder } = usePaneActions(side);
  const formId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<string>(t("newFolderTitle"));
  const [isTouched, setTouched] = useState(false);
  const isValid = typedFolderSchema.safeParse(name.trim()).success;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTouched(true);
    if (!isValid) return;
    onClose();
    void createFolder(name.trim());
  };

  return (
    <Dialog
      isOpen
      title={t("newFolderTitle")}
      onClose={onClose}
      initialFocus={field}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button kind="primary" type="submit" form={formId}>
            {tCommon("create")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <TextField
          ref={field}
          label={t("folderName")}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setTouched(true);
          }}
          onFocus={(event) => event.target.select()}
          hint={t("folderLevels")}
          error={isTouched && !isValid ? t("folderWrong") : undefined}
        />
      </form>
    </Dialog>
  );
}
