import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Tabs } from "../ui/Tabs.tsx";
import { AdvancedFields } from "./AdvancedFields.tsx";
import { GeneralFields } from "./GeneralFields.tsx";
import type { DraftErrors, SiteDraft } from "./siteDraft.ts";
import { countErrors, type SiteTab, siteTabs } from "./siteTabs.ts";
import { TransferFields } from "./TransferFields.tsx";

export type SiteFormProps = {
  readonly draft: SiteDraft;
  readonly hasPassword: boolean;
  readonly hasAccount: boolean;
  /** Fields that stand in the way of saving; shown once the user has tried. */
  readonly errors: DraftErrors;
  readonly tab: SiteTab;
  readonly nameField: RefObject<HTMLInputElement | null>;
  readonly onTab: (tab: SiteTab) => void;
  readonly onChange: (draft: SiteDraft) => void;
};

const tabWords = {
  general: "tabGeneral",
  advanced: "tabAdvanced",
  transfer: "tabTransfer",
} as const satisfies Record<SiteTab, string>;

/** Everything a user can set about a site. It edits a draft; nothing reaches the engine before "Save" or "Connect". */
export function SiteForm(props: SiteFormProps) {
  const { t } = useTranslation("siteManager");
  const { draft, errors, tab, onTab, onChange } = props;
  const tabs = siteTabs.map((value) => ({
    value,
    label: t(tabWords[value]),
    count: countErrors(errors, value),
    tone: "failed" as const,
  }));
  return (
    <Tabs label={t("tabs")} value={tab} tabs={tabs} onChange={onTab} className="site-tabs">
      <div className="site-form">{fields()}</div>
    </Tabs>
  );

  function fields() {
    switch (tab) {
      case "general":
        return <GeneralFields {...props} />;
      case "advanced":
        return <AdvancedFields draft={draft} errors={errors} onChange={onChange} />;
      case "transfer":
        return <TransferFields draft={draft} errors={errors} onChange={onChange} />;
    }
  }
}
