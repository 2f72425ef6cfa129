import type { Stats } from "node:fs";
import type { VirtualEntry } from "./virtualFiles.ts";

/** Facts of RFC 3659 §7.5 in the order they are sent; OPTS MLST switches them. */
export const knownFacts = ["type", "size", "modify", "perm", "UNIX.mode"] as const;
export type Fact = (typeof knownFacts)[number];

/** "type=file;size=4161;modify=19990927222812;perm=adfrw;UNIX.mode=0644; name" */
export function factsLine(name: string, stats: Stats, facts: ReadonlySet<Fact>): string {
  const isFolder = stats.isDirectory();
  const values: Readonly<Record<Fact, string | null>> = {
    type: isFolder ? "dir" : "file",
    size: isFolder ? null : String(stats.size),
    modify: timeStamp(stats.mtimeMs),
    perm: isFolder ? "cdeflmp" : "adfrw",
    "UNIX.mode": (stats.mode & 0o7777).toString(8).padStart(4, "0"),
  };
  const shown = knownFacts.filter((fact) => facts.has(fact) && values[fact] !== null);
  return `${shown.map((fact) => `${fact}=${values[fact]};`).join("")} ${name}`;
}

/** "-rw-r--r--   1 demo     demo         4161 Sep 27  1999 name"; times are UTC, the year stands for those over half a year away. */
export function unixLine({ name, stats }: VirtualEntry, nowMs: number): string {
  const links = String(stats.nlink).padStart(3);
  const size = String(stats.size).padStart(12);
  const kind = stats.isDirectory() ? "d" : "-";
  return `${kind}${modeLetters(stats.mode)} ${links} demo     demo     ${size} ${unixTime(stats.mtimeMs, nowMs)} ${name}`;
}

/** "19990927222812", UTC. RFC 3659 §2.3. */
export function timeStamp(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/[-:T]|\..*$/g, "");
}

/** Reads "19990927222812" or "19990927222812.125"; null when it is no such time. */
export function parseTimeStamp(text: string): number | null {
  const match =
    /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)(?<fraction>\.\d+)?$/.exec(
      text,
    );
  if (!match?.groups) return null;
  const { year, month, day, hour, minute, second, fraction = "" } = match.groups;
  const timeMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(timeMs) || timeStamp(timeMs) !== text.slice(0, 14)) return null; // "20230230…" rolls over
  return timeMs + Math.round(Number(`0${fraction}`) * 1000);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const halfYearMs = 182 * 24 * 60 * 60 * 1000;

function unixTime(timeMs: number, nowMs: number): string {
  const time = new Date(timeMs);
  const day = `${months[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)}`;
  const isNear = timeMs <= nowMs && nowMs - timeMs < halfYearMs;
  return isNear ? `${day} ${time.toISOString().slice(11, 16)}` : `${day}  ${time.getUTCFullYear()}`;
}

function modeLetters(mode: number): string {
  const letters = ["r", "w", "x", "r", "w", "x", "r", "w", "x"];
  return letters.map((letter, index) => (mode & (0o400 >> index) ? letter : "-")).join("");
}
