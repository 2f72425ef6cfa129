import { useTranslation } from "react-i18next";
import type { AppFacts } from "../stores/appStore.ts";
import { Button } from "../ui/Button.tsx";
import { TextField } from "../ui/TextField.tsx";
import { type SiteDraft, withPassword } from "./siteDraft.ts";

export type PasswordFieldProps = {
  readonly draft: SiteDraft;
  readonly hasPassword: boolean;
  readonly storage: AppFacts["secretStorage"];
  readonly onChange: (draft: SiteDraft) => void;
};

const storageWords = {
  keychain: "storageKeychain",
  "key-file": "storageKeyFile",
  none: "storageNone",
} as const satisfies Record<AppFacts["secretStorage"], string>;

/** A stored password is never shown; it can be replaced or forgotten. */
export function PasswordField({ draft, hasPassword, storage, onChange }: PasswordFieldProps) {
  const { t } = useTranslation("siteManager");
  const isKept = hasPassword && !draft.forgetsPassword;
  return (
    <>
      <TextField
        className={isKept ? undefined : "site-wide"}
        type="password"
        autoComplete="new-password"
        label={t("password")}
        value={draft.password}
        placeholder={isKept ? t("passwordSaved") : undefined}
        disabled={storage === "none"}
        hint={draft.forgetsPassword ? t("passwordForgotten") : t(storageWords[storage])}
        onChange={(event) => onChange(withPassword(draft, event.target.value))}
      />
      {isKept ? (
        <Button className="site-current" onClick={() => onChange({ ...draft, password: "", forgetsPassword: true })}>
          {t("passwordForget")}
        </Button>
      ) : null}
    </>
  );
}
