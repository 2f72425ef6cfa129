import { findConflictRule } from "../../../../shared/models/conflictRule.ts";
import type { ConflictAction, ConflictChoice } from "../../../../shared/models/prompt.ts";
import type { Settings } from "../../../../shared/models/settings.ts";
import type { Direction } from "../../../../shared/models/transfer.ts";
import type { TransferRow } from "../transferRow.ts";

/** What is done with a transfer whose target exists; `by`: the names of the rule that says so, when one of the ordered rules does. */
export type SettledConflict = { readonly action: ConflictChoice; readonly by: string | null };

/**
 * Which rule counts for a transfer: the answer for it alone, for its batch, for its direction until Portside ends; then the first of the
 * ordered rules that fits, then the settings.
 */
export type ConflictRules = {
  readonly ruleFor: (row: TransferRow) => SettledConflict;
  /** null: what was answered before counts no more. */
  readonly setForDirection: (direction: Direction, action: ConflictAction | null) => void;
};

export type ConflictRuleParts = {
  readonly settings: () => Settings;
  readonly now: () => number;
  /** A wire name of a site for people. */
  readonly displayPath: (siteId: string, wirePath: string) => string;
};

export function keepConflictRules({ settings, now, displayPath }: ConflictRuleParts): ConflictRules {
  const ofDirection = new Map<Direction, ConflictAction>();

  return {
    ruleFor: (row) => {
      const { uploadConflict, downloadConflict, conflictRules } = settings();
      const { decision, batchRule, direction, siteId, sourceName, size, modifiedMs } = row;
      const answered = decision ?? batchRule ?? ofDirection.get(direction);
      if (answered !== undefined) return { action: answered, by: null };
      const name = direction === "upload" ? sourceName : displayPath(siteId, sourceName);
      const rule = findConflictRule(conflictRules, { name, direction, siteId, size, modifiedMs }, now());
      if (rule !== null) return { action: rule.action, by: rule.names.trim() || "*" };
      return { action: direction === "upload" ? uploadConflict : downloadConflict, by: null };
    },
    setForDirection: (direction, action) => {
      if (action === null) ofDirection.delete(direction);
      else ofDirection.set(direction, action);
    },
  };
}
