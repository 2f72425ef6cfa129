import { create } from "zustand";
import type { LogLine } from "../../shared/models/logLine.ts";

export type LogState = {
  /** Oldest first, at most `maxLines`. */
  readonly lines: readonly LogLine[];
  /** Lines up to this id were cleared from view; a snapshot must not bring them back. */
  readonly clearedToId: number;
};

const maxLines = 10_000; // about a megabyte of text; the engine's log file holds the rest

export const initialLog: LogState = { lines: [], clearedToId: -1 };

export const useLogStore = create<LogState>(() => initialLog);

/** News of `log.watch`. A stream that is opened again begins with lines that are known already: they are not doubled. */
export function applyLogLines(state: LogState, lines: readonly LogLine[]): LogState {
  const lastId = state.lines.at(-1)?.id ?? state.clearedToId;
  const newestId = lines.at(-1)?.id;
  if (newestId === undefined) return state;
  const engineHasRestarted = newestId < lastId;
  if (engineHasRestarted) return { lines: splitLines(lines).slice(-maxLines), clearedToId: -1 };
  const fresh = lines.filter((line) => line.id > lastId);
  return fresh.length === 0 ? state : { ...state, lines: [...state.lines, ...splitLines(fresh)].slice(-maxLines) };
}

export function applyLogCleared(state: LogState): LogState {
  return { lines: [], clearedToId: state.lines.at(-1)?.id ?? state.clearedToId };
}

/** The sessions that speak in these lines, in order of appearance. */
export function sessionsOf(lines: readonly LogLine[]): readonly string[] {
  return [...new Set(lines.flatMap((line) => line.session ?? []))];
}

/** A reply of several lines is read line by line. They share the id: they are one thing that was said. */
function splitLines(lines: readonly LogLine[]): readonly LogLine[] {
  return lines.flatMap((line) =>
    line.text.includes("\n") ? line.text.split(/\r?\n/).map((text) => ({ ...line, text })) : [line],
  );
}
