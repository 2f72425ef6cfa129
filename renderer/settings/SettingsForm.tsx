import "./settings.css";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Settings } from "../../shared/models/settings.ts";
import { useEngine } from "../app/EngineContext.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { useSettingsStore } from "../stores/settingsStore.ts";
import { Checkbox } from "../ui/Checkbox.tsx";
import { Select } from "../ui/Select.tsx";
import { TextField } from "../ui/TextField.tsx";
import { About } from "./About.tsx";
import { AddressSetting } from "./AddressSetting.tsx";
import { conflictWords } from "./conflictWords.ts";
import { NumberSetting } from "./NumberSetting.tsx";

/** One setting: the words a search looks through, and its control. */
type Entry = { readonly words: string; readonly control: ReactNode };
type Section = { readonly title: string; readonly entries: readonly Entry[] };

/** All settings by section, narrowed by a search. */
export function SettingsForm() {
  const { t } = useTranslation("settings");
  const engine = useEngine();
  const settings = useSettingsStore((state) => state.settings);
  const [search, setSearch] = useState("");
  const conflictOptions = useMemo(() => conflictWords(t), [t]);
  const set = (change: Partial<Settings>): void => reportFailure(engine.call("settings.change", change), t("title"));

  const choice = <V extends string>(
    label: string,
    value: V,
    options: readonly { readonly value: V; readonly label: string }[],
    onChange: (value: V) => void,
  ): Entry => ({
    words: `${label} ${options.map((option) => option.label).join(" ")}`,
    control: <Select label={label} value={value} options={options} onChange={onChange} />,
  });
  const seconds = (
    [label, hint]: readonly [string, string],
    valueMs: number,
    [min, max]: readonly [number, number],
    onChange: (valueMs: number) => void,
  ): Entry => ({
    words: `${label} ${hint}`,
    control: (
      <NumberSetting
        label={label}
        hint={hint}
        value={valueMs / 1_000}
        min={min}
        max={max}
        onChange={(value) => onChange(value * 1_000)}
      />
    ),
  });
  const port = ([label, hint]: readonly [string, string], value: number, onChange: (port: number) => void): Entry => ({
    words: `${label} ${hint}`,
    control: <NumberSetting label={label} hint={hint} value={value} min={0} max={65_535} onChange={onChange} />,
  });

  const sections: readonly Section[] = [
    {
      title: t("sectionLook"),
      entries: [
        choice(
          t("language"),
          settings.language,
          [
            { value: "system", label: t("languageSystem") },
            { value: "en", label: "English" },
            { value: "zh-CN", label: "简体中文" },
          ],
          (language) => set({ language }),
        ),
        choice(
          t("theme"),
          settings.theme,
          [
            { value: "system", label: t("themeSystem") },
            { value: "light", label: t("themeLight") },
            { value: "dark", label: t("themeDark") },
          ],
          (theme) => set({ theme }),
        ),
        choice(
          t("sizeFormat"),
          settings.sizeFormat,
          [
            { value: "binary", label: t("sizeBinary") },
            { value: "decimal", label: t("sizeDecimal") },
            { value: "bytes", label: t("sizeBytes") },
          ],
          (sizeFormat) => set({ sizeFormat }),
        ),
        {
          words: t("showHidden"),
          control: (
            <Checkbox
              label={t("showHidden")}
              checked={settings.showHidden}
              onChange={(showHidden) => set({ showHidden })}
            />
          ),
        },
      ],
    },
    {
      title: t("sectionTransfers"),
      entries: [
        {
          words: `${t("maxTransfers")} ${t("maxTransfersHint")}`,
          control: (
            <NumberSetting
              label={t("maxTransfers")}
              hint={t("maxTransfersHint")}
              value={settings.maxTransfers}
              min={0}
              max={20}
              onChange={(maxTransfers) => set({ maxTransfers })}
            />
          ),
        },
        {
          words: `${t("maxRetries")} ${t("maxRetriesHint")}`,
          control: (
            <NumberSetting
              label={t("maxRetries")}
              hint={t("maxRetriesHint")}
              value={settings.maxRetries}
              min={0}
              max={99}
              onChange={(maxRetries) => set({ maxRetries })}
            />
          ),
        },
        seconds([t("retryDelay"), t("retryDelayHint")], settings.retryDelayMs, [0, 999], (retryDelayMs) =>
          set({ retryDelayMs }),
        ),
        {
          words: `${t("preserveTimes")} ${t("preserveTimesHint")}`,
          control: (
            <div className="field">
              <Checkbox
                label={t("preserveTimes")}
                checked={settings.preserveTimes}
                onChange={(preserveTimes) => set({ preserveTimes })}
              />
              <span className="field-hint">{t("preserveTimesHint")}</span>
            </div>
          ),
        },
      ],
    },
    {
      title: t("sectionConflicts"),
      entries: [
        choice(t("uploadConflict"), settings.uploadConflict, conflictOptions, (uploadConflict) =>
          set({ uploadConflict }),
        ),
        choice(t("downloadConflict"), settings.downloadConflict, conflictOptions, (downloadConflict) =>
          set({ downloadConflict }),
        ),
      ],
    },
    {
      title: t("sectionConnection"),
      entries: [
        seconds([t("timeout"), t("timeoutHint")], settings.timeoutMs, [1, 9_999], (timeoutMs) => set({ timeoutMs })),
        seconds([t("keepAlive"), t("keepAliveHint")], settings.keepAliveMs, [0, 3_600], (keepAliveMs) =>
          set({ keepAliveMs }),
        ),
        {
          words: `${t("fallsBackToActive")} ${t("fallsBackToActiveHint")}`,
          control: (
            <div className="field">
              <Checkbox
                label={t("fallsBackToActive")}
                checked={settings.fallsBackToActive}
                onChange={(fallsBackToActive) => set({ fallsBackToActive })}
              />
              <span className="field-hint">{t("fallsBackToActiveHint")}</span>
            </div>
          ),
        },
        port([t("activeFirstPort"), t("activeFirstPortHint")], settings.activeFirstPort, (activeFirstPort) =>
          set({ activeFirstPort }),
        ),
        port([t("activeLastPort"), t("activeLastPortHint")], settings.activeLastPort, (activeLastPort) =>
          set({ activeLastPort }),
        ),
        {
          words: `${t("externalAddress")} ${t("externalAddressHint")}`,
          control: (
            <AddressSetting
              label={t("externalAddress")}
              hint={t("externalAddressHint")}
              value={settings.externalAddress}
              onChange={(externalAddress) => set({ externalAddress })}
            />
          ),
        },
      ],
    },
    { title: t("sectionAbout"), entries: [{ words: t("sectionAbout"), control: <About /> }] },
  ];
  const shown = narrow(sections, search);

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
            {entries.map(({ words, control }) => (
              <div key={words}>{control}</div>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

/** The entries that speak of the search text; a section whose title does is shown whole. */
function narrow(sections: readonly Section[], search: string): readonly Section[] {
  const wanted = search.trim().toLocaleLowerCase();
  const speaks = (text: string): boolean => text.toLocaleLowerCase().includes(wanted);
  return sections
    .map((section) =>
      speaks(section.title) ? section : { ...section, entries: section.entries.filter(({ words }) => speaks(words)) },
    )
    .filter(({ entries }) => entries.length > 0);
}
