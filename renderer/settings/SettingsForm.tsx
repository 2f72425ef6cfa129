import "./settings.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useEngine } from "../app/EngineContext.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";
import { TextField } from "../ui/TextField.tsx";
import { About } from "./About.tsx";
import { narrowSections, type SectionParts } from "./section.ts";
import { conflictSection } from "./sections/conflictSection.tsx";
import { connectionSection } from "./sections/connectionSection.tsx";
import { fileTypeSection } from "./sections/fileTypeSection.tsx";
import { finishedSection } from "./sections/finishedSection.tsx";
import { ftpProxySection } from "./sections/ftpProxySection.tsx";
import { lookSection } from "./sections/lookSection.tsx";
import { proxySection } from "./sections/proxySection.tsx";
import { speedSection } from "./sections/speedSection.tsx";
import { transferSection } from "./sections/transferSection.tsx";

const makeSections = [
  lookSection,
  transferSection,
  speedSection,
  finishedSection,
  fileTypeSection,
  conflictSection,
  connectionSection,
  proxySection,
  ftpProxySection,
];

/** All settings by section, narrowed by a search. */
export function SettingsForm() {
  const { t } = useTranslation("settings");
  const { t: tFinished } = useTranslation("queueControl");
  const engine = useEngine();
  const settings = useSettingsStore((state) => state.settings);
  const [search, setSearch] = useState("");
  const set: SectionParts["set"] = (change) => reportFailure(engine.call("settings.change", change), t("title"));

  const about = { title: t("sectionAbout"), entries: [{ words: t("sectionAbout"), control: <About />, isWide: true }] };
  const sections = [...makeSections.map((make) => make({ t, tFinished, settings, set })), about];
  const shown = narrowSections(sections, search);

  return (
    <div className="settings">
      <TextField
        type="search"
        label={t("search")}
        hidesLabel
        placeholder={t("search")}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {shown.length === 0 ? <p className="settings-none">{t("searchEmpty", { text: search })}</p> : null}
      {shown.map(({ title, entries }) => (
        <section key={title} aria-label={title} className="settings-section">
          <h3>{title}</h3>
          <div className="settings-entries">
            {entries.map(({ words, control, isWide = false }) => (
              <div key={words} className={isWide ? "settings-wide" : undefined}>
                {control}
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
