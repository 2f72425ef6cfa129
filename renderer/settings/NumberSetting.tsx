import { useTranslation } from "react-i18next";
import { TextSetting } from "./TextSetting.tsx";
import { wholeNumberWithin } from "./wholeNumberWithin.ts";

export type NumberSettingProps = {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
};

/** A whole number of a range. */
export function NumberSetting({ label, hint, value, min, max, onChange }: NumberSettingProps) {
  const { t } = useTranslation("settings");
  const change = (text: string): void => {
    const number = wholeNumberWithin(text, min, max);
    if (number !== null && number !== value) onChange(number);
  };
  return (
    <TextSetting
      label={label}
      hint={hint}
      isNumber
      value={String(value)}
      errorOf={(text) => (wholeNumberWithin(text, min, max) === null ? t("invalidNumber", { min, max }) : undefined)}
      onChange={change}
    />
  );
}
