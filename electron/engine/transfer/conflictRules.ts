import type { ConflictAction } from "../../../shared/models/prompt.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { Direction } from "../../../shared/models/transfer.ts";
import type { TransferRow } from "./transferRow.ts";

/** Which rule counts for a transfer: the answer for it alone, for its batch, for its direction until Portside ends, the settings. */
export type ConflictRules = {
  readonly ruleFor: (row: TransferRow) => ConflictAction | "ask";
  readonly setForDirection: (direction: Direction, action: ConflictAction) => void;
};

export function keepConflictRules(settings: () => Settings): ConflictRules {
  const ofDirection = new Map<Direction, ConflictAction>();
  return {
    ruleFor: ({ decision, batchRule, direction }) => {
      const { uploadConflict, downloadConflict } = settings();
      const preset = direction === "upload" ? uploadConflict : downloadConflict;
      return decision ?? batchRule ?? ofDirection.get(direction) ?? preset;
    },
    setForDirection: (direction, action) => {
      ofDirection.set(direction, action);
    },
  };
}
