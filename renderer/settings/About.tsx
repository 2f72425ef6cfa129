import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { reportFailure } from "../intents/reportFailure.ts";
import { useAppStore } from "../stores/appStore.ts";
import { Button } from "../ui/Button.tsx";

/** Which Portside this is, and what it is made of: for bug reports, to copy. */
export function About() {
  const { t } = useTranslation("settings");
  const facts = useAppStore((state) => state.facts);
  if (facts === null) return null;
  const host = facts.host === "desktop" ? t("aboutHostDesktop") : t("aboutHostBrowser");
  const components = Object.entries(facts.versions);
  const report = [
    `Portside ${facts.version} (${facts.host}, ${facts.platform})`,
    ...components.map(([name, version]) => `${name} ${version}`),
  ].join("\n");
  return (
    <div className="about">
      <p className="about-version">{t("aboutVersion", { version: facts.version })}</p>
      <p>{t("aboutText")}</p>
      <p className="about-components selectable" title={t("aboutComponents")}>
        {[host, facts.platform, ...components.map(([name, version]) => `${name} ${version}`)].join(" · ")}
      </p>
      <Button onClick={() => reportFailure(navigator.clipboard.writeText(report), t("copyVersions"))}>
        <Copy size={14} aria-hidden />
        {t("copyVersions")}
      </Button>
    </div>
  );
}
