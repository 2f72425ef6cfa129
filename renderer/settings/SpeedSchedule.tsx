import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SpeedRule } from "../../shared/models/speedLimit.ts";
import { Button } from "../ui/Button.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { TextField } from "../ui/TextField.tsx";
import { NumberSetting } from "./NumberSetting.tsx";
import { newRule, parseTime, timeText, toggleDay, weekDays } from "./speedRules.ts";

export type SpeedScheduleProps = {
  readonly rules: readonly SpeedRule[];
  readonly onChange: (rules: readonly SpeedRule[]) => void;
};

const mostRules = 20; // the model's limit
const kibibyte = 1024;
const mostKibibytes = 100 * 1024 ** 2;

/** When which limits hold: a rule a row, first come first served. Each change holds at once. */
export function SpeedSchedule({ rules, onChange }: SpeedScheduleProps) {
  const { t } = useTranslation("settings");
  const put = (index: number, rule: SpeedRule): void => onChange(rules.map((one, at) => (at === index ? rule : one)));
  return (
    <div className="speed-schedule">
      <span className="field-label">{t("speedSchedule")}</span>
      <span className="field-hint">{t("speedScheduleHint")}</span>
      {rules.map((rule, index) => (
        <SpeedRuleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
          key={index}
          number={index + 1}
          rule={rule}
          onChange={(changed) => put(index, changed)}
          onRemove={() => onChange(rules.filter((_, at) => at !== index))}
        />
      ))}
      <Button disabled={rules.length >= mostRules} onClick={() => onChange([...rules, newRule])}>
        <Plus size={14} aria-hidden />
        {t("speedRuleAdd")}
      </Button>
    </div>
  );
}

type RowProps = {
  readonly number: number;
  readonly rule: SpeedRule;
  readonly onChange: (rule: SpeedRule) => void;
  readonly onRemove: () => void;
};

function SpeedRuleRow({ number, rule, onChange, onRemove }: RowProps) {
  const { t, i18n } = useTranslation("settings");
  return (
    <fieldset className="speed-rule" aria-label={t("speedRule", { number })}>
      <div className="speed-rule-days" role="group" aria-label={t("speedRuleDays")}>
        {weekDays(i18n.language).map(({ day, short, long }) => (
          <button
            key={day}
            type="button"
            className="speed-day"
            title={long}
            aria-pressed={rule.days.includes(day)}
            onClick={() => onChange(toggleDay(rule, day))}
          >
            <span aria-hidden>{short}</span>
            <span className="visually-hidden">{long}</span>
          </button>
        ))}
      </div>
      <TimeField
        label={t("speedRuleFrom")}
        minute={rule.fromMinute}
        onChange={(fromMinute) => onChange({ ...rule, fromMinute })}
      />
      <TimeField
        label={t("speedRuleTo")}
        minute={rule.toMinute}
        onChange={(toMinute) => onChange({ ...rule, toMinute: toMinute === 0 ? 1440 : toMinute })}
      />
      <NumberSetting
        label={t("speedRuleDown")}
        value={Math.round(rule.maxDownBytesPerSecond / kibibyte)}
        min={0}
        max={mostKibibytes}
        onChange={(kibibytes) => onChange({ ...rule, maxDownBytesPerSecond: kibibytes * kibibyte })}
      />
      <NumberSetting
        label={t("speedRuleUp")}
        value={Math.round(rule.maxUpBytesPerSecond / kibibyte)}
        min={0}
        max={mostKibibytes}
        onChange={(kibibytes) => onChange({ ...rule, maxUpBytesPerSecond: kibibytes * kibibyte })}
      />
      <IconButton icon={X} size="small" label={t("speedRuleRemove", { number })} onClick={onRemove} />
    </fieldset>
  );
}

type TimeFieldProps = {
  readonly label: string;
  readonly minute: number;
  readonly onChange: (minute: number) => void;
};

function TimeField({ label, minute, onChange }: TimeFieldProps) {
  return (
    <TextField
      type="time"
      label={label}
      required
      value={timeText(minute)}
      onChange={(event) => {
        const parsed = parseTime(event.target.value);
        if (parsed !== null) onChange(parsed);
      }}
    />
  );
}
