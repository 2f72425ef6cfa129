import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Encryption, Logon } from "../../shared/models/site.ts";
import { useAppStore } from "../stores/appStore.ts";
import { Select } from "../ui/Select.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import { TextField } from "../ui/TextField.tsx";
import { ColourField } from "./ColourField.tsx";
import { choicesOf } from "./choicesOf.ts";
import { SecretField } from "./SecretField.tsx";
import {
  type DraftErrors,
  type SiteDraft,
  takesAccount,
  takesStoredPassword,
  takesUser,
  withEncryption,
} from "./siteDraft.ts";

export type GeneralFieldsProps = {
  readonly draft: SiteDraft;
  readonly hasPassword: boolean;
  readonly hasAccount: boolean;
  readonly errors: DraftErrors;
  readonly nameField: RefObject<HTMLInputElement | null>;
  readonly onChange: (draft: SiteDraft) => void;
};

const encryptionWords = {
  "tls-if-available": "encryptionTlsIfAvailable",
  "tls-required": "encryptionTlsRequired",
  "tls-implicit": "encryptionTlsImplicit",
  plain: "encryptionPlain",
} as const satisfies Record<Encryption, string>;

const logonWords = {
  anonymous: "logonAnonymous",
  normal: "logonNormal",
  ask: "logonAsk",
  account: "logonAccount",
} as const satisfies Record<Logon, string>;

/** Where the server is, who logs in, and how the site is told from others. */
export function GeneralFields(props: GeneralFieldsProps) {
  const { draft, hasPassword, hasAccount, errors, nameField, onChange } = props;
  const { t } = useTranslation("siteManager");
  const storage = useAppStore((state) => state.facts?.secretStorage ?? "none");
  const set = (change: Partial<SiteDraft>): void => onChange({ ...draft, ...change });
  return (
    <>
      <fieldset className="site-section">
        <legend>{t("sectionServer")}</legend>
        <TextField
          ref={nameField}
          className="site-wide"
          label={t("name")}
          value={draft.name}
          error={errors.name && t("invalidName")}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={t("host")}
          value={draft.host}
          error={errors.host && t("invalidHost")}
          onChange={(event) => set({ host: event.target.value })}
        />
        <TextField
          label={t("port")}
          inputMode="numeric"
          value={draft.port}
          error={errors.port && t("invalidPort")}
          onChange={(event) => set({ port: event.target.value })}
        />
        <Select<Encryption>
          className="site-wide"
          label={t("encryption")}
          hint={t(`${encryptionWords[draft.encryption]}Hint`)}
          value={draft.encryption}
          options={choicesOf(encryptionWords, t)}
          onChange={(encryption) => onChange(withEncryption(draft, encryption))}
        />
      </fieldset>

      <fieldset className="site-section">
        <legend>{t("sectionLogon")}</legend>
        <Select<Logon>
          className="site-wide"
          label={t("logon")}
          value={draft.logon}
          options={choicesOf(logonWords, t)}
          onChange={(logon) => set({ logon })}
        />
        {takesUser(draft.logon) ? (
          <TextField
            className="site-wide"
            label={t("user")}
            value={draft.user}
            error={errors.user && t("invalidLine")}
            onChange={(event) => set({ user: event.target.value })}
          />
        ) : null}
        {takesStoredPassword(draft.logon) ? (
          <SecretField
            label={t("password")}
            secret={draft.password}
            isStored={hasPassword}
            storage={storage}
            isAskedFor
            onChange={(password) => set({ password })}
          />
        ) : null}
        {takesAccount(draft.logon) ? (
          <SecretField
            label={t("account")}
            secret={draft.account}
            isStored={hasAccount}
            storage={storage}
            isAskedFor={false}
            onChange={(account) => set({ account })}
          />
        ) : null}
      </fieldset>

      <fieldset className="site-section">
        <legend>{t("sectionMore")}</legend>
        <div className="site-wide">
          <ColourField value={draft.colour} onChange={(colour) => set({ colour })} />
        </div>
        <TextArea
          className="site-wide"
          label={t("comments")}
          rows={3}
          value={draft.comments}
          onChange={(event) => set({ comments: event.target.value })}
        />
      </fieldset>
    </>
  );
}
