import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { copyTargets, useSitesStore } from "../stores/sitesStore.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Select } from "../ui/Select.tsx";
import { TextField } from "../ui/TextField.tsx";
import { usePaneActions } from "./usePaneActions.ts";
import { useShownConnection } from "./useShownConnection.ts";

export type CopyToSiteDialogProps = { readonly entries: readonly PaneEntry[]; readonly onClose: () => void };

/** Asks which of the other sites that allow it, and which folder there; the copy goes from server to server. */
export function CopyToSiteDialog({ entries, onClose }: CopyToSiteDialogProps) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const { copyToSite } = usePaneActions("remote");
  const formId = useId();
  const sites = useSitesStore((state) => state.sites);
  const others = copyTargets(sites, useShownConnection()?.siteId ?? null);
  const [chosenId, setChosenId] = useState(others[0]?.id ?? "");
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = others.find(({ id }) => id === chosenId);
  const folder = typed ?? (chosen?.remoteFolder || "/");

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen === undefined || folder.trim() === "") return;
    onClose();
    void copyToSite(entries, { siteId: chosen.id, folder: folder.trim() });
  };

  return (
    <Dialog
      isOpen
      title={t("copyToSiteTitle")}
      description={t("copyToSiteText")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={chosen === undefined || folder.trim() === ""}>
            {t("copy")}
          </Button>
        </>
      }
    >
      <form id={formId} className="copy-to-site" onSubmit={submit}>
        <Select
          label={t("copyToSiteSite")}
          value={chosenId}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            setChosenId(id);
            setTyped(null);
          }}
        />
        <TextField
          label={t("copyToSiteFolder")}
          value={folder}
          onChange={(event) => setTyped(event.target.value)}
          spellCheck={false}
        />
      </form>
    </Dialog>
  );
}
