import type { MoveTarget } from "../../../shared/models/queueControl.ts";
import type { QueueWindow } from "../../stores/queueStore.ts";

/** Where a step up or down leads the chosen rows; null: they stand there already, or their neighbour is not loaded. */
export function stepTarget(
  { offset, rows }: QueueWindow,
  isChosen: (id: number) => boolean,
  step: "up" | "down",
): MoveTarget | null {
  const first = rows.findIndex(({ id }) => isChosen(id));
  if (first < 0 || (first === 0 && offset > 0 && step === "up")) return null;
  if (step === "up") {
    const above = rows[first - 1];
    return above === undefined ? null : { before: above.id };
  }
  const last = rows.findLastIndex(({ id }) => isChosen(id));
  const below = rows[last + 1];
  return below === undefined ? null : { after: below.id };
}

/** Where rows go that are let go of above row `boundary` of the tab; null: nothing is loaded there. */
export function dropTarget({ offset, rows }: QueueWindow, boundary: number): MoveTarget | null {
  const below = rows[boundary - offset];
  if (below !== undefined) return { before: below.id };
  const above = rows[boundary - offset - 1];
  return above === undefined ? null : { after: above.id };
}
