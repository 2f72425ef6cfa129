import type { TFunction } from "i18next";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FactName, LearntFact } from "../../shared/models/serverFacts.ts";
import { useFormats } from "../i18n/useFormats.ts";
import { IconButton } from "../ui/IconButton.tsx";

export type LearntFactsProps = {
  readonly facts: readonly LearntFact[];
  readonly onForget: (fact: FactName) => void;
};

/** What was found out about a server by trying, in words, and since when; each can be forgotten by itself. */
export function LearntFacts({ facts, onForget }: LearntFactsProps) {
  const { t } = useTranslation("statusBar");
  const formats = useFormats();
  const nowMs = Date.now();
  return (
    <ul className="learnt-facts">
      {facts.map((fact) => (
        <li key={fact.name}>
          <span className="learnt-words selectable">
            {wordsOf(fact, t)}
            <span className="learnt-time" title={formats.exactTime(fact.learntMs, "second")}>
              {formats.time(fact.learntMs, "second", nowMs)}
            </span>
          </span>
          <IconButton
            icon={X}
            size="small"
            label={t("forgetFact", { fact: wordsOf(fact, t) })}
            onClick={() => onForget(fact.name)}
          />
        </li>
      ))}
    </ul>
  );
}

function wordsOf({ name, value }: LearntFact, t: TFunction<"statusBar">): string {
  if (name === "setModified" && value === "none") return t("facts.setsNoTimes");
  if (name === "renamesOver") return t(`facts.${renameWords(value)}`);
  return t(`facts.${name}`, { value: name === "zoneOffsetMinutes" ? zoneName(Number(value)) : String(value) });
}

function renameWords(value: LearntFact["value"]) {
  return value === "replaces" ? "renamesReplaces" : value === "refused" ? "renamesRefused" : "renamesNever";
}

/** "UTC+08:00" */
function zoneName(aheadMinutes: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(aheadMinutes) / 60), Math.abs(aheadMinutes) % 60];
  const digits = [hours, minutes].map((part) => String(part).padStart(2, "0")).join(":");
  return aheadMinutes === 0 ? "UTC" : `UTC${aheadMinutes < 0 ? "−" : "+"}${digits}`;
}
