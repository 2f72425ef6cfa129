import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../ui/TextField.tsx";
import { wholeNumberWithin } from "./wholeNumberWithin.ts";

export type NumberSettingProps = {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
};

/** A whole number. It is set when the field is left or Enter is pressed, and only when it fits. */
export function NumberSetting({ label, hint, value, min, max, onChange }: NumberSettingProps) {
  const { t } = useTranslation("settings");
  const [typed, setTyped] = useState<string | null>(null);
  const number = wholeNumberWithin(typed ?? String(value), min, max);

  const settle = (): void => {
    if (number === null) return; // the field stays as typed, with its error
    setTyped(null);
    if (number !== value) onChange(number);
  };
  return (
    <TextField
      label={label}
      inputMode="numeric"
      hint={hint}
      error={number === null ? t("invalidNumber", { min, max }) : undefined}
      value={typed ?? String(value)}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === "Enter" && settle()}
    />
  );
}
