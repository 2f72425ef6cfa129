import type { RaceResult } from "../race/runRace.ts";
import type { Withdrawal } from "../race/withdraw.ts";
import type { Figures } from "./figures.ts";

/** What the table has no room for, a sentence each: how far we are ahead of one peer, and who could not take part. */
export function describeNotes({ races, filezillaQueue }: Pick<Figures, "races" | "filezillaQueue">): string[] {
  const withdrawals = races.flatMap(({ letter, withdrawn }) => withdrawn.map((each) => ({ ...each, letter })));
  if (filezillaQueue && "reason" in filezillaQueue) withdrawals.push({ ...filezillaQueue, letter: "I" });
  return [...races.flatMap(describeLead), ...describeWithdrawals(withdrawals)];
}

function describeLead({ title, letter, lead, contenders }: RaceResult): string[] {
  const timeOf = (wanted: string) => contenders.find(({ name }) => name === wanted)?.medianMs;
  const ours = timeOf("Portside");
  const theirs = lead && timeOf(lead.over);
  if (!lead || !ours || !theirs) return [];
  const times = theirs / ours;
  const mark = times >= lead.times ? " ✓" : "";
  return [`${letter}, ${title}: ${times.toFixed(1)} × as fast as ${lead.over}${mark} (target ≥ ${lead.times} ×).`];
}

/** Whoever is missing for one reason in several races is named once. */
function describeWithdrawals(withdrawals: readonly (Withdrawal & { readonly letter: string })[]): string[] {
  const lettersOf = new Map<string, Set<string>>();
  for (const { letter, name, reason } of withdrawals) {
    const sentence = `${name} is missing. ${reason}`;
    lettersOf.set(sentence, (lettersOf.get(sentence) ?? new Set()).add(letter));
  }
  return Array.from(lettersOf, ([sentence, letters]) => `${Array.from(letters).join(", ")}: ${sentence}`);
}
