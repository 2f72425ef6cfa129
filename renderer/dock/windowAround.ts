/** The rows of a tab to ask the engine for. */
export type WindowRange = { readonly offset: number; readonly limit: number };

const windowRows = 200; // a screen full is about 40: four screens to scroll before the next request
const margin = 20; // rows left at an edge when the next window is asked for

/** The window for the rows in view: the present one while they lie well inside it, else a new one centred on them. */
export function windowAround(first: number, end: number, total: number, present: WindowRange): WindowRange {
  const presentEnd = present.offset + present.limit;
  const hasRoomAbove = present.offset === 0 || first - present.offset >= margin;
  const hasRoomBelow = presentEnd >= total || presentEnd - end >= margin;
  if (first >= present.offset && end <= presentEnd && hasRoomAbove && hasRoomBelow) return present;
  const middle = Math.floor((first + end) / 2);
  const offset = Math.max(0, middle - windowRows / 2);
  return offset === present.offset ? present : { offset, limit: windowRows };
}

export const firstWindow: WindowRange = { offset: 0, limit: windowRows };
