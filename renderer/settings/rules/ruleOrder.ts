import type { ConflictRule } from "../../../shared/models/conflictRule.ts";

/** A rule that means every file, to be narrowed. */
export function newRule(id: string): ConflictRule {
  return {
    id,
    names: "",
    direction: null,
    siteId: null,
    minBytes: null,
    maxBytes: null,
    olderThanDays: null,
    newerThanDays: null,
    action: "skip",
  };
}

/** The rules with one of them `by` places further down; it stays within the list. */
export function moveRule(rules: readonly ConflictRule[], id: string, by: number): readonly ConflictRule[] {
  const from = rules.findIndex((rule) => rule.id === id);
  const to = Math.min(Math.max(from + by, 0), rules.length - 1);
  const moved = rules[from];
  if (moved === undefined || to === from) return rules;
  return rules.toSpliced(from, 1).toSpliced(to, 0, moved);
}
