/**
 * Puts texts in a reader's order: by language, digits by their value ("file 2" before "file 10"), small before capital where
 * nothing else differs. Returns a new array; equal texts stay in place.
 */
export function sortNaturally(texts: readonly string[], locale: string): string[] {
  const collator = new Intl.Collator(locale, { numeric: true });
  // A comparison by language costs half a microsecond, and sorting 100,000 names takes 1.7 million of them. Names of plain ASCII,
  // which most large folders hold, get a key each instead that compares as text in the same order.
  if (!texts.every(isPrintableAscii)) return [...texts].sort(collator.compare);
  const weights = weighAscii(collator);
  return texts
    .map((text) => ({ text, key: keyOf(text, weights) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ text }) => text);
}

const firstPrintable = 0x20;
const lastPrintable = 0x7e;

function isPrintableAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Per ASCII code the place its letter has in the alphabet of the collator; "a" and "A" share one. */
function weighAscii(collator: Intl.Collator): readonly string[] {
  const base = new Intl.Collator(collator.resolvedOptions().locale, { sensitivity: "base" });
  const letters = Array.from({ length: lastPrintable - firstPrintable + 1 }, (_, i) =>
    String.fromCharCode(firstPrintable + i),
  );
  const weights: string[] = [];
  let weight = 0x40; // above the digits that stand for themselves inside a number
  let before = "";
  for (const letter of letters.sort(collator.compare)) {
    if (before === "" || base.compare(before, letter) !== 0) weight++;
    weights[letter.charCodeAt(0)] = String.fromCharCode(weight);
    before = letter;
  }
  return weights;
}

/** Letters by weight, numbers as "number, how many digits, digits", and behind it all which letters are capitals. */
function keyOf(text: string, weights: readonly string[]): string {
  let key = "";
  let capitals = "";
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (!isDigit(code)) {
      key += weights[code];
      capitals += code >= 0x41 && code <= 0x5a ? "1" : "0";
      continue;
    }
    let end = index;
    while (end < text.length && isDigit(text.charCodeAt(end))) end++;
    let start = index;
    while (start < end && text.charCodeAt(start) === 0x30) start++;
    key += `${weights[0x30]}${String.fromCharCode(end - start + 1)}${text.slice(start, end)}`;
    capitals += "0";
    index = end - 1;
  }
  return `${key}\0${capitals}`;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
