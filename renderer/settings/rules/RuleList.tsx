import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, Trash2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConflictRule } from "../../../shared/models/conflictRule.ts";
import { useSitesStore } from "../../stores/sitesStore.ts";
import { applySpoken, useUiStore } from "../../stores/uiStore.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { describeRule } from "./describeRule.ts";
import { RuleEditor } from "./RuleEditor.tsx";
import { moveRule, newRule } from "./ruleOrder.ts";

export type RuleListProps = {
  readonly rules: readonly ConflictRule[];
  readonly onChange: (rules: ConflictRule[]) => void;
};

/** The ordered conflict rules: one line each, one of them open to be edited, moved by its arrows or by Alt and the arrow keys. */
export function RuleList({ rules, onChange }: RuleListProps) {
  const { t } = useTranslation("settings");
  const id = useId();
  const list = useRef<HTMLOListElement>(null);
  const movedId = useRef<string | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const siteNameOf = useSiteNames();

  useEffect(() => {
    if (movedId.current === null) return;
    const position = rules.findIndex((rule) => rule.id === movedId.current) + 1;
    list.current?.querySelector<HTMLElement>(`li:nth-child(${position}) .rule-line`)?.focus(); // a row that moves loses the focus
    useUiStore.setState((state) => applySpoken(state, t("ruleMoved", { position, total: rules.length })));
    movedId.current = null;
  }, [rules, t]);

  const move = (rule: ConflictRule, by: number): void => {
    const next = moveRule(rules, rule.id, by);
    if (next === rules) return;
    movedId.current = rule.id;
    onChange([...next]);
  };
  const moveByKey = (event: KeyboardEvent, rule: ConflictRule): void => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(rule, event.key === "ArrowUp" ? -1 : 1);
  };
  const add = (): void => {
    const rule = newRule(crypto.randomUUID());
    onChange([...rules, rule]);
    setOpenId(rule.id);
  };

  return (
    <fieldset className="rules" aria-describedby={`${id}-hint`}>
      <legend className="field-label">{t("rules")}</legend>
      {rules.length === 0 ? null : (
        <ol ref={list}>
          {rules.map((rule, index) => {
            const words = describeRule(rule, rule.siteId === null ? null : siteNameOf(rule.siteId), t);
            const isOpen = rule.id === openId;
            return (
              <li key={rule.id}>
                <div className="rule-head">
                  <button
                    type="button"
                    className="rule-line"
                    aria-expanded={isOpen}
                    aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
                    onClick={() => setOpenId(isOpen ? null : rule.id)}
                    onKeyDown={(event) => moveByKey(event, rule)}
                  >
                    {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
                    <span title={words}>{words}</span>
                  </button>
                  <IconButton
                    icon={ArrowUp}
                    size="small"
                    label={t("ruleUp", { rule: words })}
                    disabled={index === 0}
                    onClick={() => move(rule, -1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    size="small"
                    label={t("ruleDown", { rule: words })}
                    disabled={index === rules.length - 1}
                    onClick={() => move(rule, 1)}
                  />
                  <IconButton
                    icon={Trash2}
                    size="small"
                    label={t("ruleRemove", { rule: words })}
                    onClick={() => onChange(rules.filter((other) => other.id !== rule.id))}
                  />
                </div>
                {isOpen ? (
                  <RuleEditor
                    rule={rule}
                    onChange={(next) => onChange(rules.map((other) => (other.id === rule.id ? next : other)))}
                  />
                ) : null}
              </li>
            );
          })}
        </ol>
      )}
      <p id={`${id}-hint`} className="field-hint">
        {t("rulesHint")}
      </p>
      <Button onClick={add}>
        <Plus size={14} aria-hidden />
        {t("ruleAdd")}
      </Button>
    </fieldset>
  );
}

function useSiteNames(): (siteId: string) => string {
  const { t } = useTranslation("settings");
  const sites = useSitesStore((state) => state.sites);
  return (siteId) => sites.find((site) => site.id === siteId)?.name ?? t("ruleSiteGone");
}
