import { useTranslation } from "react-i18next";
import type { EvidenceChoice } from "../../shared/models/evidence.ts";
import type { TransferMode } from "../../shared/models/site.ts";
import { CheckField } from "../ui/CheckField.tsx";
import { Select } from "../ui/Select.tsx";
import { TextField } from "../ui/TextField.tsx";
import { choicesOf } from "./choicesOf.ts";
import type { DraftErrors, SiteDraft } from "./siteDraft.ts";

export type TransferFieldsProps = {
  readonly draft: SiteDraft;
  readonly errors: DraftErrors;
  readonly onChange: (draft: SiteDraft) => void;
};

const transferModeWords = {
  automatic: "transferModeAutomatic",
  passive: "transferModePassive",
  active: "transferModeActive",
} as const satisfies Record<TransferMode, string>;

const evidenceWords = {
  automatic: "evidenceAutomatic",
  size: "evidenceSize",
  tail: "evidenceTail",
  hash: "evidenceHash",
  "read-back": "evidenceReadBack",
} as const satisfies Record<EvidenceChoice, string>;

const evidenceHints = {
  automatic: "evidenceAutomaticHint",
  size: "evidenceSizeHint",
  tail: "evidenceTailHint",
  hash: "evidenceHashHint",
  "read-back": "evidenceReadBackHint",
} as const satisfies Record<EvidenceChoice, string>;

/** How files and listings travel, and what is to be known when they have. */
export function TransferFields({ draft, errors, onChange }: TransferFieldsProps) {
  const { t } = useTranslation("siteManager");
  const set = (change: Partial<SiteDraft>): void => onChange({ ...draft, ...change });
  return (
    <>
      <fieldset className="site-section">
        <legend>{t("sectionDataConnections")}</legend>
        <Select<TransferMode>
          className="site-wide"
          label={t("transferMode")}
          hint={t("transferModeHint")}
          value={draft.transferMode}
          options={choicesOf(transferModeWords, t)}
          onChange={(transferMode) => set({ transferMode })}
        />
        <CheckField
          className="site-wide"
          label={t("allowsForeignAddress")}
          hint={t("allowsForeignAddressHint")}
          checked={draft.allowsForeignAddress}
          onChange={(allowsForeignAddress) => set({ allowsForeignAddress })}
        />
        <TextField
          className="site-wide"
          label={t("sessionLimit")}
          inputMode="numeric"
          value={draft.sessionLimit}
          hint={t("sessionLimitHint")}
          error={errors.sessionLimit && t("invalidSessionLimit")}
          onChange={(event) => set({ sessionLimit: event.target.value })}
        />
      </fieldset>
      <fieldset className="site-section" data-columns="even">
        <legend>{t("sectionSpeed")}</legend>
        <TextField
          label={t("maxDown")}
          inputMode="numeric"
          value={draft.maxDownBytesPerSecond}
          hint={t("maxSpeedHint")}
          error={errors.maxDownBytesPerSecond && t("invalidSpeed")}
          onChange={(event) => set({ maxDownBytesPerSecond: event.target.value })}
        />
        <TextField
          label={t("maxUp")}
          inputMode="numeric"
          value={draft.maxUpBytesPerSecond}
          hint={t("maxSpeedHint")}
          error={errors.maxUpBytesPerSecond && t("invalidSpeed")}
          onChange={(event) => set({ maxUpBytesPerSecond: event.target.value })}
        />
      </fieldset>
      <fieldset className="site-section">
        <legend>{t("sectionWays")}</legend>
        <CheckField
          className="site-wide"
          label={t("compresses")}
          hint={t("compressesHint")}
          checked={draft.compresses}
          onChange={(compresses) => set({ compresses })}
        />
        <CheckField
          className="site-wide"
          label={t("allowsFxp")}
          hint={t("allowsFxpHint")}
          checked={draft.allowsFxp}
          onChange={(allowsFxp) => set({ allowsFxp })}
        />
      </fieldset>
      <fieldset className="site-section">
        <legend>{t("sectionArrival")}</legend>
        <Select<EvidenceChoice>
          className="site-wide"
          label={t("evidence")}
          hint={t(evidenceHints[draft.evidence])}
          value={draft.evidence}
          options={choicesOf(evidenceWords, t)}
          onChange={(evidence) => set({ evidence })}
        />
        <CheckField
          className="site-wide"
          label={t("temporaryUploads")}
          hint={t("temporaryUploadsHint")}
          checked={draft.uploadsUnderTemporaryName === "automatic"}
          onChange={(isOn) => set({ uploadsUnderTemporaryName: isOn ? "automatic" : "never" })}
        />
      </fieldset>
    </>
  );
}
