import { type ConflictAction, conflictActionSchema } from "../../../../shared/models/prompt.ts";

/** FileZilla's number of an action as ours; undefined: it asks, or there is no such action here. */
export function readAction(number: number): ConflictAction | undefined {
  const found = Object.entries(numbers).find(([, value]) => value === number);
  const action = conflictActionSchema.safeParse(found?.[0]);
  return action.success ? action.data : undefined;
}

/** FileZilla knows all of ours. */
export function writeAction(action: ConflictAction): number {
  return numbers[action];
}

const numbers: Readonly<Record<ConflictAction | "overwrite-if-size-differs-or-newer", number>> = {
  overwrite: 1,
  "overwrite-if-newer": 2,
  "overwrite-if-size-differs": 3,
  "overwrite-if-size-differs-or-newer": 4,
  resume: 5,
  rename: 6,
  skip: 7,
};
