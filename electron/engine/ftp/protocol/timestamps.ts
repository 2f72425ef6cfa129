import type { Reply } from "./replyParser.ts";

/**
 * "YYYYMMDDHHMMSS" with an optional fraction, and perhaps a "Z" that says what is meant anyway: UTC (RFC 3659 §2.3), as epoch milliseconds. null when it is no real time: month 13 and
 * 30 February included; second 60 is a leap second.
 */
export function parseTimestamp(text: string): number | null {
  // "191000101231234": servers that print years since 1900 behind "19" say 19100 for 2000.
  const fixed = /^191\d{12}$/.test(text) ? `${1900 + Number(text.slice(2, 5))}${text.slice(5)}` : text;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z?$/.exec(fixed);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const midnight = utcDate(year, month, day);
  if (midnight === null || hour > 23 || minute > 59 || second > 60) return null;
  const fractionMs = Math.floor(Number(`0.${match[7] ?? "0"}`) * 1000);
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + fractionMs;
}

/** "YYYYMMDDHHMMSS" for MFMT and its kin. Fractions are cut: servers that refuse them are older than servers that keep them. */
export function formatTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replaceAll(/[-:T]/g, "").slice(0, 14);
}

/** The time in a 213 reply to MDTM (RFC 3659 §3); null when it holds none. */
export function parseModifiedReply(reply: Reply): number | null {
  return reply.code === 213 ? parseTimestamp((reply.lines.at(-1) ?? "").trim()) : null;
}

/** Midnight of a day that exists, as epoch milliseconds (UTC); null for 30 February. */
export function utcDate(year: number, month: number, day: number): number | null {
  const isReal = day >= 1 && day <= daysInMonth(year, month); // what is no number is no day either
  return isReal ? Date.UTC(year, month - 1, day) : null;
}

const days: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysInMonth(year: number, month: number): number {
  if (month !== 2) return days[month - 1] ?? 0;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeap ? 29 : 28;
}
