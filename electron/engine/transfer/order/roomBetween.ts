/** Where rows stand among those of one priority: the lower runs first. Ends are not part of it; infinite ones are open. */
export type Gap = { readonly after: number; readonly before: number };

/** Where a row goes that is `distance` steps behind the first of those moved: `distance * scale + to`. */
export type Shift = { readonly scale: number; readonly to: number };

/**
 * Leads rows whose last is `width` (≥ 0) whole steps behind their first into a gap. null: the gap is too narrow to tell that many positions apart;
 * the rows on one side of it have to be numbered anew first.
 */
export function roomBetween(gap: Gap, width: number): Shift | null {
  const steps = width + 2;
  const { after, before } = closeEnds(gap, steps);
  const scale = Math.min((before - after) / steps, 1);
  const to = after + scale;
  const tells = to > after && to + scale / 2 > to && to + width * scale < before;
  return tells ? { scale, to } : null;
}

function closeEnds({ after, before }: Gap, steps: number): Gap {
  if (after === -Infinity && before === Infinity) return { after: 0, before: steps };
  if (after === -Infinity) return { after: before - steps, before };
  return { after, before: before === Infinity ? after + steps : before };
}
