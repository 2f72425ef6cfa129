import type { TimePrecision } from "../../shared/models/entry.ts";
import type { Settings } from "../../shared/models/settings.ts";

export type Formats = {
  /** "12.4 MiB", "12.4 MB" or "13,002,342 B" as the settings say; null: unknown, "". */
  readonly size: (bytes: number | null) => string;
  /** "13,002,342 bytes" for a hover. */
  readonly exactSize: (bytes: number) => string;
  readonly speed: (bytesPerSecond: number) => string;
  /** "45 sec", "3 min", "1 hr 20 min"; the second unit only where it still matters. */
  readonly duration: (ms: number) => string;
  /** Relative when recent: "now", "2 min. ago", "Today 14:03", "Yesterday 09:12", else the date; no more than the server said. */
  readonly time: (ms: number, precision: TimePrecision, nowMs: number) => string;
  /** Everything the server said, seconds included. */
  readonly exactTime: (ms: number, precision: TimePrecision) => string;
  readonly number: (value: number) => string;
  readonly percent: (share: number) => string;
};

export type FormatWords = {
  readonly today: (time: string) => string;
  readonly yesterday: (time: string) => string;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The window's way to write figures. Intl objects are made once here: making one costs more than formatting a thousand rows. */
export function createFormats(locale: string, sizeFormat: Settings["sizeFormat"], words: FormatWords): Formats {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const relative = new Intl.RelativeTimeFormat(locale, { style: "short", numeric: "auto" });
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const month = locale.startsWith("zh") ? "2-digit" : "short"; // "2024年12月21日" is twice as wide as a column
  const dateParts = { year: "numeric", month, day: month === "short" ? "numeric" : month } as const;
  const date = new Intl.DateTimeFormat(locale, dateParts);
  // A server that tells the day only has told it for its own place: it is shown as it stands, wherever we are.
  const bareDate = new Intl.DateTimeFormat(locale, { ...dateParts, timeZone: "UTC" });
  const monthAndDay = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric" });
  const exactDay = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
  const exactMinute = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
  const exactSecond = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium" });
  const exactBytes = new Intl.NumberFormat(locale, { style: "unit", unit: "byte", unitDisplay: "long" });
  const unitOf = {
    hour: new Intl.NumberFormat(locale, { style: "unit", unit: "hour" }),
    minute: new Intl.NumberFormat(locale, { style: "unit", unit: "minute" }),
    second: new Intl.NumberFormat(locale, { style: "unit", unit: "second" }),
  };

  const size = (bytes: number | null): string => {
    if (bytes === null) return "";
    if (sizeFormat === "bytes") return `${whole.format(bytes)} B`;
    const { value, unit } = scale(bytes, sizeFormat);
    return `${unit === "B" ? whole.format(value) : short.format(value)} ${unit}`;
  };

  return {
    size,
    exactSize: (bytes) => exactBytes.format(bytes),
    speed: (bytesPerSecond) => `${size(Math.round(bytesPerSecond))}/s`,
    duration: (ms) => {
      const seconds = Math.max(0, Math.round(ms / 1000));
      if (seconds < 60) return unitOf.second.format(seconds);
      const minutes = Math.round(seconds / 60);
      if (minutes < 60) return unitOf.minute.format(minutes);
      const rest = minutes % 60;
      const hours = unitOf.hour.format(Math.floor(minutes / 60));
      return rest === 0 ? hours : `${hours} ${unitOf.minute.format(rest)}`;
    },
    time: (ms, precision, nowMs) => {
      if (precision === "day") return bareDate.format(ms);
      const ageMs = nowMs - ms;
      if (ageMs >= 0 && ageMs < minuteMs) return relative.format(0, "second");
      if (ageMs >= 0 && ageMs < hourMs) return relative.format(-Math.floor(ageMs / minuteMs), "minute");
      const days = calendarDaysBetween(ms, nowMs);
      if (days === 0) return words.today(clock.format(ms));
      if (days === 1) return words.yesterday(clock.format(ms));
      const isThisYear = new Date(ms).getFullYear() === new Date(nowMs).getFullYear();
      return `${(isThisYear ? monthAndDay : date).format(ms)} ${clock.format(ms)}`;
    },
    exactTime: (ms, precision) =>
      (precision === "day" ? exactDay : precision === "minute" ? exactMinute : exactSecond).format(ms),
    number: (value) => whole.format(value),
    percent: (share) => percent.format(share),
  };
}

const unitsOf = {
  binary: { step: 1024, names: ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] },
  decimal: { step: 1000, names: ["B", "kB", "MB", "GB", "TB", "PB"] },
} as const;

function scale(bytes: number, format: "binary" | "decimal"): { value: number; unit: string } {
  const { step, names } = unitsOf[format];
  let value = bytes;
  let power = 0;
  // 999.5 would be shown as "1,000": it belongs to the next unit.
  while (value >= step - 0.5 && power < names.length - 1) {
    value /= step;
    power++;
  }
  return { value, unit: names[power] ?? "B" };
}

function calendarDaysBetween(earlierMs: number, laterMs: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(laterMs) - midnight(earlierMs)) / (24 * hourMs));
}
