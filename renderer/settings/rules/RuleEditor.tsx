import { useTranslation } from "react-i18next";
import type { ConflictRule } from "../../../shared/models/conflictRule.ts";
import { useSitesStore } from "../../stores/sitesStore.ts";
import { Select } from "../../ui/Select.tsx";
import { conflictWords } from "../conflictWords.ts";
import { TextSetting } from "../TextSetting.tsx";
import { wholeNumberWithin } from "../wholeNumberWithin.ts";
import { readSize, writeSize } from "./fileSize.ts";

export type RuleEditorProps = { readonly rule: ConflictRule; readonly onChange: (rule: ConflictRule) => void };

const longestDays = 100_000;

/** Which files a rule means, and what is done with them. Each change holds at once. */
export function RuleEditor({ rule, onChange }: RuleEditorProps) {
  const { t } = useTranslation("settings");
  const set = (change: Partial<ConflictRule>): void => onChange({ ...rule, ...change });
  return (
    <div className="rule-editor">
      <TextSetting
        label={t("ruleNames")}
        hint={t("ruleNamesHint")}
        value={rule.names}
        errorOf={(text) => (text.length <= 1_000 ? undefined : t("invalidRuleNames"))}
        onChange={(names) => set({ names: names.trim() })}
      />
      <Select
        label={t("ruleAction")}
        value={rule.action}
        options={conflictWords(t)}
        onChange={(action) => set({ action })}
      />
      <Select
        label={t("ruleDirection")}
        value={rule.direction ?? "both"}
        options={[
          { value: "both", label: t("ruleBoth") },
          { value: "upload", label: t("uploadConflict") },
          { value: "download", label: t("downloadConflict") },
        ]}
        onChange={(direction) => set({ direction: direction === "both" ? null : direction })}
      />
      <SiteChoice siteId={rule.siteId} onChange={(siteId) => set({ siteId })} />
      <SizeSetting label={t("ruleMinBytes")} bytes={rule.minBytes} onChange={(minBytes) => set({ minBytes })} />
      <SizeSetting label={t("ruleMaxBytes")} bytes={rule.maxBytes} onChange={(maxBytes) => set({ maxBytes })} />
      <DaysSetting
        label={t("ruleOlderThan")}
        days={rule.olderThanDays}
        onChange={(olderThanDays) => set({ olderThanDays })}
      />
      <DaysSetting
        label={t("ruleNewerThan")}
        days={rule.newerThanDays}
        onChange={(newerThanDays) => set({ newerThanDays })}
      />
    </div>
  );
}

type SiteChoiceProps = { readonly siteId: string | null; readonly onChange: (siteId: string | null) => void };

function SiteChoice({ siteId, onChange }: SiteChoiceProps) {
  const { t } = useTranslation("settings");
  const sites = useSitesStore((state) => state.sites);
  const saved = sites.filter((site) => site.origin !== "quick" || site.id === siteId);
  const isGone = siteId !== null && !saved.some((site) => site.id === siteId);
  return (
    <Select
      label={t("ruleSite")}
      value={siteId ?? ""}
      options={[
        { value: "", label: t("ruleEverySite") },
        ...saved.map(({ id, name }) => ({ value: id, label: name })),
        ...(isGone ? [{ value: siteId, label: t("ruleSiteGone") }] : []),
      ]}
      onChange={(chosen) => onChange(chosen === "" ? null : chosen)}
    />
  );
}

type SizeSettingProps = {
  readonly label: string;
  readonly bytes: number | null;
  readonly onChange: (bytes: number | null) => void;
};

function SizeSetting({ label, bytes, onChange }: SizeSettingProps) {
  const { t } = useTranslation("settings");
  return (
    <TextSetting
      label={label}
      value={writeSize(bytes)}
      errorOf={(text) => (readSize(text) === undefined ? t("invalidSize") : undefined)}
      onChange={(text) => onChange(readSize(text) ?? null)}
    />
  );
}

type DaysSettingProps = {
  readonly label: string;
  readonly days: number | null;
  readonly onChange: (days: number | null) => void;
};

function DaysSetting({ label, days, onChange }: DaysSettingProps) {
  const { t } = useTranslation("settings");
  const read = (text: string) => wholeNumberWithin(text, 0, longestDays);
  const isRight = (text: string) => text.trim() === "" || read(text) !== null;
  return (
    <TextSetting
      label={label}
      isNumber
      value={days === null ? "" : String(days)}
      errorOf={(text) => (isRight(text) ? undefined : t("invalidDays", { max: longestDays }))}
      onChange={(text) => onChange(read(text))}
    />
  );
}
