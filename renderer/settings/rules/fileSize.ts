const unitBytes = { k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 } as const;

/** A size as people type it, "10 MB", "1.5g", "300", in bytes; null for an empty text, undefined for what is no size. */
export function readSize(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const found = /^(?<number>\d{1,12}(?:[.,]\d{1,6})?)\s*(?:(?<unit>[kmgt])?i?b?)$/i.exec(text.trim())?.groups;
  if (found?.number === undefined) return undefined;
  const unit = found.unit?.toLowerCase();
  const factor = unit === "k" || unit === "m" || unit === "g" || unit === "t" ? unitBytes[unit] : 1;
  const bytes = Math.round(Number(found.number.replace(",", ".")) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** The same the other way, in the largest unit that tells it exactly: "10 MiB". */
export function writeSize(bytes: number | null): string {
  if (bytes === null) return "";
  const unit = (["t", "g", "m", "k"] as const).find((name) => bytes > 0 && bytes % unitBytes[name] === 0);
  return unit === undefined ? `${bytes} B` : `${bytes / unitBytes[unit]} ${unit.toUpperCase()}iB`;
}
