import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Side } from "../../shared/models/place.ts";
import type { PaneEntry } from "../stores/paneEntry.ts";
import { Button } from "../ui/Button.tsx";
import { Checkbox } from "../ui/Checkbox.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { TextField } from "../ui/TextField.tsx";
import { bitOf, commonMode, parseOctal, toOctal, what, who } from "./permissionBits.ts";
import { usePaneActions } from "./usePaneActions.ts";

export type PermissionsDialogProps = {
  readonly side: Side;
  readonly entries: readonly PaneEntry[];
  readonly onClose: () => void;
};

/** Who may read, write and execute: as boxes and as the octal number, each following the other. */
export function PermissionsDialog({ side, entries, onClose }: PermissionsDialogProps) {
  const { t } = useTranslation("panes");
  const { t: tCommon } = useTranslation("common");
  const { setPermissions } = usePaneActions(side);
  const formId = useId();
  const known = commonMode(entries.map(({ permissions }) => permissions));
  const [octal, setOctal] = useState(known === null ? "" : toOctal(known));
  const mode = parseOctal(octal);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (mode === null) return;
    onClose();
    void setPermissions(entries, mode);
  };

  return (
    <Dialog
      isOpen
      title={t("permissionsTitle", { count: entries.length, name: entries[0]?.name ?? "" })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{tCommon("cancel")}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={mode === null}>
            {tCommon("apply")}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="permissions-form">
        <div className="permissions-table">
          {who.map((person, whoIndex) => (
            <fieldset key={person} className="permissions-row">
              <legend className="field-label">{t(`access.${person}`)}</legend>
              {what.map((right, whatIndex) => {
                const bit = bitOf(whoIndex, whatIndex);
                return (
                  <Checkbox
                    key={right}
                    label={t(`access.${right}`)}
                    checked={mode === null ? null : (mode & bit) !== 0}
                    onChange={(isOn) => setOctal(toOctal(isOn ? (mode ?? 0) | bit : (mode ?? 0) & ~bit))}
                  />
                );
              })}
            </fieldset>
          ))}
        </div>
        <TextField
          label={t("octal")}
          className="permissions-octal"
          inputMode="numeric"
          maxLength={4}
          value={octal}
          onChange={(event) => setOctal(event.target.value)}
          error={octal !== "" && mode === null ? t("octalWrong") : undefined}
        />
      </form>
    </Dialog>
  );
}
