/** Minutes ahead of UTC as people write it: "+8:00", "-3:30"; null as "". */
export function formatOffset(minutes: number | null): string {
  if (minutes === null) return "";
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${Math.floor(size / 60)}:${String(size % 60).padStart(2, "0")}`;
}

/** "+8:00", "8", "-3:30", "UTC+5:45" as minutes ahead of UTC; "" as null. undefined: it is none of these. */
export function parseOffset(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const match = /^\s*(?:UTC|GMT)?\s*(?<sign>[+\-−]?)\s*(?<hours>\d{1,2})(?:[:：](?<minutes>[0-5]\d))?\s*$/i.exec(text);
  if (match?.groups === undefined) return undefined;
  const { sign, hours, minutes = "0" } = match.groups;
  const size = Number(hours) * 60 + Number(minutes);
  if (size > 24 * 60) return undefined;
  return size === 0 || sign === "" || sign === "+" ? size : -size;
}
