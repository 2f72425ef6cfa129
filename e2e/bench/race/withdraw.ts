import type { ContenderName } from "./raceCase.ts";

/** A peer that could not take part to the end, and why: one line, as it stands under the table. */
export type Withdrawal = { readonly name: ContenderName; readonly reason: string };

export function withdraw(name: ContenderName, error: unknown): Withdrawal {
  const text = error instanceof Error ? error.message : String(error);
  return { name, reason: text.replace(/\s+/g, " ").trim() };
}
