import type { LogLine } from "../../../shared/models/logLine.ts";
import type { Transfer } from "../../../shared/models/transfer.ts";

const clockSlackMs = 2_000; // the row is written after the line, in the same second or the next

/**
 * The line of the log in which the server said what a transfer ended with; null when the log no longer has it. Of equal lines the
 * latest before the end is meant: earlier ones belong to earlier tries.
 */
export function findAnswer(
  lines: readonly LogLine[],
  { errorText, finishedMs }: Pick<Transfer, "errorText" | "finishedMs">,
): LogLine | null {
  const [firstLine] = errorText?.split(/\r?\n/) ?? [];
  if (!firstLine) return null;
  const untilMs = finishedMs === null ? Number.POSITIVE_INFINITY : finishedMs + clockSlackMs;
  const says = ({ kind, text, atMs }: LogLine) =>
    (kind === "reply" || kind === "error") && atMs <= untilMs && text.includes(firstLine);
  // The server's reply, before Portside's own sentence that quotes it.
  const quoted = lines.findLast(says) ?? null;
  const reply = lines.findLast((line) => line.kind === "reply" && says(line)) ?? null;
  return reply ?? quoted;
}
