import { useTranslation } from "react-i18next";
import type { AppFacts } from "../stores/appStore.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";
import type { SecretDraft } from "./siteDraft.ts";

export type SecretFieldProps = {
  readonly label: string;
  readonly secret: SecretDraft;
  /** One is kept already. */
  readonly isStored: boolean;
  readonly storage: AppFacts["secretStorage"];
  readonly onChange: (secret: SecretDraft) => void;
};

const storageWords = {
  keychain: "storageKeychain",
  "key-file": "storageKeyFile",
  none: "storageNone",
} as const satisfies Record<AppFacts["secretStorage"], string>;

/** A stored password or account is never shown; it can be replaced or forgotten. */
export function SecretField({ label, secret, isStored, storage, onChange }: SecretFieldProps) {
  const { t } = useTranslation("siteManager");
  const isKept = isStored && !secret.isForgotten;
  return (
    <>
      <TextField
        className={isKept ? undefined : "site-wide"}
        type="password"
        autoComplete="new-password"
        label={label}
        value={secret.typed}
        placeholder={isKept ? t("secretSaved") : undefined}
        disabled={storage === "none"}
        hint={secret.isForgotten ? t("secretForgotten") : t(storageWords[storage])}
        onChange={(event) => onChange({ typed: event.target.value, isForgotten: false })}
      />
      {isKept ? (
        <Button
          className="site-current"
          aria-label={`${t("secretForget")}: ${label}`}
          onClick={() => onChange({ typed: "", isForgotten: true })}
        >
          {t("secretForget")}
        </Button>
      ) : null}
    </>
  );
}
