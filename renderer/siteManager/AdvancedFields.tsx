import { useTranslation } from "react-i18next";
import type { TlsVersion } from "../../shared/models/site.ts";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import { usePaneStore } from "../stores/paneStore.ts";
import { Button } from "../ui/Button.tsx";
import { CheckField } from "../ui/CheckField.tsx";
import { Select } from "../ui/Select.tsx";
import { TextArea } from "../ui/TextArea.tsx";
import { TextField } from "../ui/TextField.tsx";
import { encodings } from "./encodings.ts";
import type { DraftErrors, SiteDraft } from "./siteDraft.ts";

export type AdvancedFieldsProps = {
  readonly draft: SiteDraft;
  readonly errors: DraftErrors;
  readonly onChange: (draft: SiteDraft) => void;
};

const tlsVersions: readonly { readonly value: TlsVersion; readonly label: string }[] = [
  { value: "TLSv1.3", label: "TLS 1.3" },
  { value: "TLSv1.2", label: "TLS 1.2" },
  { value: "TLSv1", label: "TLS 1.0" },
];

/** Where the panes begin, how names and times are read, and what only some servers want. */
export function AdvancedFields({ draft, errors, onChange }: AdvancedFieldsProps) {
  const { t } = useTranslation("siteManager");
  const localHere = usePaneStore("local", (state) => state.head?.displayPath ?? null);
  const remoteHere = usePaneStore("remote", (state) => state.head?.displayPath ?? null);
  const isConnected = useConnectionStore((state) => currentConnection(state)?.status.state === "connected");
  const set = (change: Partial<SiteDraft>): void => onChange({ ...draft, ...change });
  return (
    <>
      <fieldset className="site-section">
        <legend>{t("sectionFolders")}</legend>
        <TextField
          label={t("localFolder")}
          value={draft.localFolder}
          error={errors.localFolder && t("invalidLine")}
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
          error={errors.remoteFolder && t("invalidLine")}
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
        <legend>{t("sectionListings")}</legend>
        <Select
          className="site-wide"
          label={t("encoding")}
          value={draft.encoding}
          options={[{ value: "auto", label: t("encodingAuto") }, ...encodings]}
          onChange={(encoding) => set({ encoding })}
        />
        <TextField
          className="site-wide"
          label={t("timeZone")}
          hint={t("timeZoneHint")}
          value={draft.timeZoneOffsetMinutes}
          error={errors.timeZoneOffsetMinutes && t("invalidTimeZone")}
          onChange={(event) => set({ timeZoneOffsetMinutes: event.target.value })}
        />
      </fieldset>

      <fieldset className="site-section">
        <legend>{t("sectionConnecting")}</legend>
        <CheckField
          className="site-wide"
          label={t("bypassesProxy")}
          hint={t("bypassesProxyHint")}
          checked={draft.bypassesProxy}
          onChange={(bypassesProxy) => set({ bypassesProxy })}
        />
        <CheckField
          className="site-wide"
          label={t("sendsHost")}
          hint={t("sendsHostHint")}
          checked={draft.sendsHost}
          onChange={(sendsHost) => set({ sendsHost })}
        />
        <TextArea
          className="site-wide"
          label={t("loginCommands")}
          hint={t("loginCommandsHint")}
          error={errors.loginCommands && t("invalidLoginCommands")}
          rows={2}
          spellCheck={false}
          value={draft.loginCommands}
          onChange={(event) => set({ loginCommands: event.target.value })}
        />
      </fieldset>

      {draft.encryption === "plain" ? null : (
        <fieldset className="site-section">
          <legend>{t("sectionTls")}</legend>
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
            error={errors.clientCertificate && t("invalidLine")}
            onChange={(event) => set({ clientCertificate: event.target.value })}
          />
          <TextField
            className="site-wide"
            label={t("clientKey")}
            hint={t("clientKeyHint")}
            value={draft.clientKey}
            error={errors.clientKey && t("invalidLine")}
            onChange={(event) => set({ clientKey: event.target.value })}
          />
        </fieldset>
      )}
    </>
  );
}
