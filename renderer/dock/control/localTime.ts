/** The next full hour as a date field writes it: "2026-11-21T23:00", in the time of this computer. */
export function nextHourText(nowMs: number): string {
  const hour = new Date(nowMs);
  hour.setHours(hour.getHours() + 1, 0, 0, 0);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [hour.getFullYear(), two(hour.getMonth() + 1), two(hour.getDate())].join("-");
  return `${day}T${two(hour.getHours())}:${two(hour.getMinutes())}`;
}

/** What a date field holds, in epoch milliseconds; null while it is not filled in. */
export function fromLocalText(text: string): number | null {
  const atMs = new Date(text).getTime();
  return text === "" || Number.isNaN(atMs) ? null : atMs;
}
