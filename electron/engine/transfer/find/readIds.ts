const comma = 44;
const zero = 48;

/** The ids of a list as SQLite's group_concat writes it: decimal digits with commas between them, in ASCII. An empty list holds none. */
export function readIds(list: Uint8Array): Uint32Array<ArrayBuffer> {
  if (list.length === 0) return new Uint32Array();
  let count = 1;
  for (const sign of list) if (sign === comma) count += 1;
  const ids = new Uint32Array(count);
  let at = 0;
  let id = 0;
  for (const sign of list) {
    if (sign === comma) {
      ids[at++] = id;
      id = 0;
    } else id = id * 10 + sign - zero;
  }
  ids[at] = id;
  return ids;
}
