import type { LogKind, LogLine } from "../../../shared/models/logLine.ts";
import { visibleText } from "./visibleText.ts";

/** "12:04:31". The log is read by the clock. */
export function clockOf(atMs: number): string {
  const at = new Date(atMs);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Lines as text to copy into a mail: time, session, kind, words. */
export function logAsText(lines: readonly LogLine[], kindWords: Readonly<Record<LogKind, string>>): string {
  return lines
    .map(({ atMs, session, kind, text }) => {
      const speaker = session === null ? "" : ` [${session}]`;
      return `${clockOf(atMs)}${speaker} ${kindWords[kind]}: ${visibleText(text)}`;
    })
    .join("\n");
}
