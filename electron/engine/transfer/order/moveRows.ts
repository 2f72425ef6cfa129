import { AppError } from "../../../../shared/errors/appError.ts";
import type { MoveTarget } from "../../../../shared/models/queueControl.ts";
import type { QueueOrder, Span, Standing } from "../store/queueOrder.ts";
import { type Gap, roomBetween, type Shift } from "./roomBetween.ts";

export type Move = {
  /** Calls back with all rows to move, in steps of ids. */
  readonly forEachStep: ForEachStep;
  readonly target: MoveTarget;
};

type ForEachStep = (step: (ids: readonly number[]) => void) => Promise<void>;

const numberedAtOnce = 10_000;
const heldAtOnce = 10_000;

/**
 * Moves rows together, in the order they stand in. One row among a million costs a look at its new neighbours and one row written: its
 * position lies between theirs. Rows that have ended meanwhile stay where they are.
 */
export async function moveRows(order: QueueOrder, { forEachStep, target }: Move): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const moved = await lineUp(order, forEachStep);
    const place = findPlace(order, target);
    if (moved === null || place === null) return; // nothing to move, or what it should go beside has ended
    const shift = roomBetween(place.gap, moved.width);
    if (shift !== null) return moved.moveTo(place.priority, shift);
    if (place.ahead !== null) await numberAnew(order, place.ahead);
  }
  throw new AppError("internal", "These transfers could not be moved");
}

/** Rows that are ready to move: the last is `width` steps behind the first. */
type LinedUp = {
  readonly width: number;
  readonly moveTo: (priority: number, shift: Shift) => Promise<void>;
};

async function lineUp(order: QueueOrder, forEachStep: ForEachStep): Promise<LinedUp | null> {
  const ids: number[] = [];
  let isTooMuch = false;
  await forEachStep((step) => {
    isTooMuch ||= ids.length + step.length > heldAtOnce;
    if (!isTooMuch) ids.push(...step);
  });
  if (isTooMuch) return lineUpMany(order, forEachStep);
  const sorted = order.sort(ids);
  if (sorted.length === 0) return null;
  return {
    width: sorted.length - 1,
    moveTo: async (priority, shift) => order.place(sorted, priority, shift),
  };
}

/** More rows than are held at once move by their positions, made whole numbers first: so no two come to lie upon each other. */
async function lineUpMany(order: QueueOrder, forEachStep: ForEachStep): Promise<LinedUp | null> {
  const found = await measure(order, forEachStep);
  if (found?.isBroken === 1) await numberPriorities(order, found);
  const span = found?.isBroken === 1 ? await measure(order, forEachStep) : found;
  if (span === null) return null;
  return {
    width: (span.highest - span.lowest + 1) * (span.last - span.first + 1) - 1,
    moveTo: (priority, shift) => forEachStep((ids) => order.shift(ids, priority, span, shift)),
  };
}

async function numberPriorities(order: QueueOrder, { lowest, highest }: Span): Promise<void> {
  for (let priority = lowest; priority <= highest; priority++) {
    const last = order.ahead({ priority, position: Infinity, id: Infinity });
    if (last !== null) await numberAnew(order, last);
  }
}

async function measure(order: QueueOrder, forEachStep: ForEachStep): Promise<Span | null> {
  let whole: Span | null = null;
  await forEachStep((ids) => {
    whole = joinSpans(whole, order.spanOf(ids));
  });
  return whole;
}

function joinSpans(one: Span | null, other: Span | null): Span | null {
  if (one === null || other === null) return one ?? other;
  return {
    lowest: Math.min(one.lowest, other.lowest),
    highest: Math.max(one.highest, other.highest),
    first: Math.min(one.first, other.first),
    last: Math.max(one.last, other.last),
    isBroken: Math.max(one.isBroken, other.isBroken),
  };
}

/** `ahead`: the row that the gap lies behind. */
type Place = { readonly priority: number; readonly gap: Gap; readonly ahead: Standing | null };

function findPlace(order: QueueOrder, target: MoveTarget): Place | null {
  const isBefore = "before" in target || ("to" in target && target.to === "top");
  const beside = findBeside(order, target);
  if (beside === null) return null;
  const ahead = isBefore ? order.ahead(beside) : beside;
  const before = isBefore ? beside.position : (order.behind(beside)?.position ?? order.nextPosition());
  return { priority: beside.priority, gap: { after: ahead?.position ?? -Infinity, before }, ahead };
}

function findBeside(order: QueueOrder, target: MoveTarget): Standing | null {
  if ("before" in target) return order.standingOf(target.before);
  if ("after" in target) return order.standingOf(target.after);
  return target.to === "top" ? order.first() : order.last();
}

/**
 * Makes room behind a row: it and all ahead of it get whole numbers, lower than before. From the front on, so that the order is the
 * same after each step.
 */
async function numberAnew(order: QueueOrder, end: Standing): Promise<void> {
  const [firstId] = order.idsUpTo(end, -Infinity, 1);
  const first = firstId === undefined ? null : order.standingOf(firstId);
  if (first === null) return;
  let base = Math.floor(first.position) - order.countUpTo(end) - 1;
  for (;;) {
    const ids = order.idsUpTo(end, first.position, numberedAtOnce);
    if (ids.length === 0) return;
    order.place(ids, end.priority, { scale: 1, to: base });
    base += ids.length;
    await new Promise(setImmediate);
  }
}
