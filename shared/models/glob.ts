/**
 * Whether a name fits a pattern: "*" stands for any run of characters, "?" for one, everything else for itself in either case. Takes
 * time in proportion to pattern × name, whatever they are.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  const wanted = Array.from(pattern.toLowerCase());
  const given = Array.from(name.toLowerCase());
  let at = 0;
  let starAt = -1;
  let starCovers = 0;
  for (let position = 0; position < given.length; ) {
    if (wanted[at] === "*") {
      starAt = at;
      starCovers = position;
      at += 1;
    } else if (wanted[at] === "?" || (at < wanted.length && wanted[at] === given[position])) {
      at += 1;
      position += 1;
    } else if (starAt >= 0) {
      starCovers += 1; // the last star takes one more, and the rest is tried again behind it
      position = starCovers;
      at = starAt + 1;
    } else return false;
  }
  return wanted.slice(at).every((rest) => rest === "*");
}

/** "*.tmp; Thumbs.db" as its patterns. */
export function readPatterns(text: string): readonly string[] {
  return text
    .split(";")
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== "");
}
