import { useState } from "react";
import { useTranslation } from "react-i18next";
import { settingsSchema } from "../../shared/models/settings.ts";
import { TextField } from "../ui/TextField.tsx";

export type AddressSettingProps = {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** An IP address, or nothing. It is set when the field is left or Enter is pressed, and only when it is one. */
export function AddressSetting({ label, hint, value, onChange }: AddressSettingProps) {
  const { t } = useTranslation("settings");
  const [typed, setTyped] = useState<string | null>(null);
  const address = (typed ?? value).trim();
  const isAddress = settingsSchema.shape.externalAddress.safeParse(address).success;

  const settle = (): void => {
    if (!isAddress) return; // the field stays as typed, with its error
    setTyped(null);
    if (address !== value) onChange(address);
  };
  return (
    <TextField
      label={label}
      hint={hint}
      error={isAddress ? undefined : t("invalidAddress")}
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === "Enter" && settle()}
    />
  );
}
