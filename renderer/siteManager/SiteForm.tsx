import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Encryption, Logon, TlsVersion, TransferMode } from "../../shared/models/site.ts";
import { useAppStore } from "../stores/appStore.ts";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { Button } from "../ui/Button.tsx";
import { Checkbox } from "../ui/Checkbox.tsx";
import { Select } from "../ui/Select.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import { TextField } from "../ui/TextField.tsx";
import { ColourField } from "./ColourField.tsx";
import { encodings } from "./encodings.ts";
import { PasswordField } from "./PasswordField.tsx";
import { type DraftErrors, type SiteDraft, takesStoredPassword, takesUser, withEncryption } from "./siteDraft.ts";

export type SiteFormProps = {
  readonly draft: SiteDraft;
  readonly hasPassword: boolean;
  /** Fields that stand in the way of saving; shown once the user has tried. */
  readonly errors: DraftErrors;
  readonly nameField: RefObject<HTMLInputElement | null>;
  readonly onChange: (draft: SiteDraft) => void;
};

const encryptionWords = {
  "tls-if-available": ["encryptionTlsIfAvailable", "encryptionTlsIfAvailableHint"],
  "tls-required": ["encryptionTlsRequired", "encryptionTlsRequiredHint"],
  "tls-implicit": ["encryptionTlsImplicit", "encryptionTlsImplicitHint"],
  plain: ["encryptionPlain", "encryptionPlainHint"],
} as const satisfies Record<Encryption, readonly [string, string]>;

const logonWords = {
  anonymous: "logonAnonymous",
  normal: "logonNormal",
  ask: "logonAsk",
  account: "logonAccount",
} as const satisfies Record<Logon, string>;

const tlsVersions: readonly { readonly value: TlsVersion; readonly label: string }[] = [
  { value: "TLSv1.3", label: "TLS 1.3" },
  { value: "TLSv1.2", label: "TLS 1.2" },
  { value: "TLSv1", label: "TLS 1.0" },
];

const transferModeWords = {
  automatic: "transferModeAutomatic",
  passive: "transferModePassive",
  active: "transferModeActive",
} as const satisfies Record<TransferMode, string>;

/** Everything a user can set about a site. It edits a draft; nothing reaches the engine before "Save" or "Connect". */
export function SiteForm({ draft, hasPassword, errors, nameField, onChange }: SiteFormProps) {
  const { t } = useTranslation("siteManager");
  const storage = useAppStore((state) => state.facts?.secretStorage ?? "none");
  const localHere = usePaneStore("local", (state) => state.head?.displayPath ?? null);
  const remoteHere = usePaneStore("remote", (state) => state.head?.displayPath ?? null);
  const isConnected = useConnectionStore((state) => currentConnection(state)?.status.state === "connected");
  const set = (change: Partial<SiteDraft>): void => onChange({ ...draft, ...change });
  const wrong = (field: keyof DraftErrors, words: string) => (errors[field] ? words : undefined);

  return (
    <div className="site-form">
      <fieldset className="site-section">
        <legend>{t("sectionServer")}</legend>
        <TextField
          ref={nameField}
          className="site-wide"
          label={t("name")}
          value={draft.name}
          error={wrong("name", t("invalidName"))}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={t("host")}
          value={draft.host}
          error={wrong("host", t("invalidHost"))}
          onChange={(event) => set({ host: event.target.value })}
        />
        <TextField
          label={t("port")}
          className="site-port"
          inputMode="numeric"
          value={draft.port}
          error={wrong("port", t("invalidPort"))}
          onChange={(event) => set({ port: event.target.value })}
        />
        <Select<Encryption>
          className="site-wide"
          label={t("encryption")}
          hint={t(encryptionWords[draft.encryption][1])}
          value={draft.encryption}
          options={keysOf(encryptionWords).map((value) => ({ value, label: t(encryptionWords[value][0]) }))}
          onChange={(encryption) => onChange(withEncryption(draft, encryption))}
        />
      </fieldset>

      <fieldset className="site-section">
        <legend>{t("sectionLogon")}</legend>
        <Select<Logon>
          className="site-wide"
          label={t("logon")}
          value={draft.logon}
          options={keysOf(logonWords).map((value) => ({ value, label: t(logonWords[value]) }))}
          onChange={(logon) => set({ logon })}
        />
        {takesUser(draft.logon) ? (
          <TextField
            className="site-wide"
            label={t("user")}
            value={draft.user}
            error={wrong("user", t("invalidLine"))}
            onChange={(event) => set({ user: event.target.value })}
          />
        ) : null}
        {takesStoredPassword(draft.logon) ? (
          <PasswordField draft={draft} hasPassword={hasPassword} storage={storage} onChange={onChange} />
        ) : null}
        {draft.logon === "account" ? (
          <TextField
            className="site-wide"
            label={t("account")}
            value={draft.account}
            error={wrong("account", t("invalidLine"))}
            onChange={(event) => set({ account: event.target.value })}
          />
        ) : null}
      </fieldset>

      <fieldset className="site-section">
        <legend>{t("sectionFolders")}</legend>
        <TextField
          label={t("localFolder")}
          value={draft.localFolder}
          error={wrong("localFolder", t("invalidLine"))}
          onChange={(event) => set({ localFolder: event.target.value })}
        />
        <Button
          className="site-current"
          aria-label={`${t("useCurrent")}: ${t("localFolder")}`}
          disabled={localHere === null}
          onClick={() => set({ localFolder: localHere ?? "" })}
        >
          {t("useCurrent")}
        </Button>
        <TextField
          label={t("remoteFolder")}
          value={draft.remoteFolder}
          error={wrong("remoteFolder", t("invalidLine"))}
          onChange={(event) => set({ remoteFolder: event.target.value })}
        />
        <Button
          className="site-current"
          aria-label={`${t("useCurrent")}: ${t("remoteFolder")}`}
          disabled={!isConnected || remoteHere === null}
          onClick={() => set({ remoteFolder: remoteHere ?? "" })}
        >
          {t("useCurrent")}
        </Button>
      </fieldset>

      <fieldset className="site-section">
        <legend>{t("sectionMore")}</legend>
        <ColourField value={draft.colour} onChange={(colour) => set({ colour })} />
        <TextField
          label={t("sessionLimit")}
          inputMode="numeric"
          className="site-limit"
          value={draft.sessionLimit}
          hint={t("sessionLimitHint")}
          error={wrong("sessionLimit", t("invalidSessionLimit"))}
          onChange={(event) => set({ sessionLimit: event.target.value })}
        />
        <Select
          className="site-wide"
          label={t("encoding")}
          value={draft.encoding}
          options={[{ value: "auto", label: t("encodingAuto") }, ...encodings]}
          onChange={(encoding) => set({ encoding })}
        />
        <Select<TransferMode>
          className="site-wide"
          label={t("transferMode")}
          hint={t("transferModeHint")}
          value={draft.transferMode}
          options={keysOf(transferModeWords).map((value) => ({ value, label: t(transferModeWords[value]) }))}
          onChange={(transferMode) => set({ transferMode })}
        />
        <div className="field site-wide">
          <Checkbox
            label={t("allowsForeignAddress")}
            checked={draft.allowsForeignAddress}
            onChange={(allowsForeignAddress) => set({ allowsForeignAddress })}
          />
          <span className="field-hint">{t("allowsForeignAddressHint")}</span>
        </div>
        {draft.encryption === "plain" ? null : (
          <>
            <Select<TlsVersion>
              className="site-wide"
              label={t("minTlsVersion")}
              {...(draft.minTlsVersion === "TLSv1" ? { hint: t("minTlsVersionWarning") } : {})}
              value={draft.minTlsVersion}
              options={tlsVersions}
              onChange={(minTlsVersion) => set({ minTlsVersion })}
            />
            <TextField
              className="site-wide"
              label={t("clientCertificate")}
              hint={t("clientCertificateHint")}
              value={draft.clientCertificate}
              error={wrong("clientCertificate", t("invalidLine"))}
              onChange={(event) => set({ clientCertificate: event.target.value })}
            />
            <TextField
              className="site-wide"
              label={t("clientKey")}
              hint={t("clientKeyHint")}
              value={draft.clientKey}
              error={wrong("clientKey", t("invalidLine"))}
              onChange={(event) => set({ clientKey: event.target.value })}
            />
          </>
        )}
        <TextArea
          className="site-wide"
          label={t("comments")}
          rows={3}
          value={draft.comments}
          onChange={(event) => set({ comments: event.target.value })}
        />
      </fieldset>
    </div>
  );
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[];
}
