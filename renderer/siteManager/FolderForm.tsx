import { Folder } from "lucide-react";
import { type FormEvent, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SiteFolder } from "../../shared/models/site.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";

export type FolderFormProps = {
  readonly folder: SiteFolder;
  readonly nameField: RefObject<HTMLInputElement | null>;
  readonly onRename: (name: string) => void;
};

/** A folder of sites has a name, and nothing else to set. */
export function FolderForm({ folder, nameField, onRename }: FolderFormProps) {
  const { t } = useTranslation("siteManager");
  const [name, setName] = useState(folder.name);
  const isWrong = name.trim() === "" || name.length > 255;
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    if (!isWrong && name.trim() !== folder.name) onRename(name.trim());
  };
  return (
    <form className="site-folder" onSubmit={rename}>
      <Folder size={28} strokeWidth={1.5} aria-hidden />
      <TextField
        ref={nameField}
        label={t("folderName")}
        value={name}
        error={isWrong ? t("invalidFolderName") : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={isWrong || name.trim() === folder.name}>
        {t("rename")}
      </Button>
      <p className="queue-faint">{t("folderChosenText")}</p>
    </form>
  );
}
