import type { EntryColumns } from "../../shared/models/entry.ts";
import { parentRow } from "../stores/rowSelection.ts";

const restMs = 800; // a pause this long begins a new word

export type TypedText = { readonly text: string; readonly atMs: number };

export const nothingTyped: TypedText = { text: "", atMs: 0 };

/** One more letter of the name looked for. */
export function typeLetter(typed: TypedText, letter: string, nowMs: number): TypedText {
  const isGoingOn = nowMs - typed.atMs < restMs;
  return { text: isGoingOn ? typed.text + letter : letter, atMs: nowMs };
}

/**
 * The next row whose name begins with the text, from the focused one on and round the end; null when there is none. A longer text may
 * stay where it is, and so does not jump off a name that still fits; the same letter again and again walks through its names.
 */
export function findTyped(
  columns: EntryColumns,
  shown: ArrayLike<number>,
  focusPosition: number,
  text: string,
  locale: string,
): number | null {
  const isOneLetter = [...text].every((letter) => letter === text[0]);
  const wanted = (isOneLetter ? (text[0] ?? "") : text).toLocaleLowerCase(locale);
  const start = isOneLetter ? focusPosition + 1 : Math.max(0, focusPosition);
  for (let step = 0; step < shown.length; step++) {
    const position = (start + step) % shown.length;
    const row = shown[position] ?? parentRow;
    if (row !== parentRow && (columns.names[row] ?? "").toLocaleLowerCase(locale).startsWith(wanted)) return position;
  }
  return null;
}
