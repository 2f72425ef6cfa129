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
  /** Where nothing can be stored, each connect asks for it; otherwise it serves this run. */
  readonly isAskedFor: boolean;
  readonly onChange: (secret: SecretDraft) => void;
};

const storageWords = { keychain: "storageKeychain", "key-file": "storageKeyFile" } as const;

/** A stored password or account is never shown; it can be replaced or forgotten. */
export function SecretField(props: SecretFieldProps) {
  const { label, secret, isStored, storage, isAskedFor, onChange } = props;
  const { t } = useTranslation("siteManager");
  const isKept = isStored && !secret.isForgotten;
  const whereKept = storage !== "none" ? t(storageWords[storage]) : t(isAskedFor ? "storageNone" : "storageInRun");
  return (
    <>
      <TextField
        className={isKept ? undefined : "site-wide"}
        type="password"
        autoComplete="new-password"
        label={label}
        value={secret.typed}
        placeholder={isKept ? t("secretSaved") : undefined}
        disabled={storage === "none" && isAskedFor}
        hint={secret.isForgotten ? t("secretForgotten") : whereKept}
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
