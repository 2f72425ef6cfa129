import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { PermissionChange } from "../../shared/models/permissions.ts";
import { Checkbox } from "../ui/Checkbox.tsx";
import { TextField } from "../ui/TextField.tsx";
import { bitOf, bitState, fromOctalText, keepsAll, setBit, toOctalText, what, who } from "./permissionBits.ts";

export type PermissionFieldsProps = {
  /** The octal value as typed; null in its reading: not one yet. */
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly octalRef?: RefObject<HTMLInputElement | null>;
};

/** Who may read, write and execute: as boxes and as the octal number, each following the other. */
export function PermissionFields({ text, onChange, octalRef }: PermissionFieldsProps) {
  const { t } = useTranslation("panes");
  const read = fromOctalText(text);
  const change: PermissionChange = read ?? keepsAll;
  return (
    <>
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
                  checked={bitState(change, bit)}
                  onChange={(isOn) => onChange(toOctalText(setBit(change, bit, isOn)))}
                />
              );
            })}
          </fieldset>
        ))}
      </div>
      <TextField
        {...(octalRef ? { ref: octalRef } : {})}
        label={t("octal")}
        className="permissions-octal"
        maxLength={4}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
        hint={/x/i.test(text) ? t("octalKeeps") : undefined}
        error={read === null ? t("octalWrong") : undefined}
      />
    </>
  );
}
