import type { RaceResult, Withdrawal } from "../race/runRace.ts";

/** What the table has no room for, a sentence each: how far we are ahead of one peer, and who could not take part. */
export function describeNotes(results: readonly RaceResult[]): string[] {
  return [...results.flatMap(describeLead), ...describeWithdrawals(results)];
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
function describeWithdrawals(results: readonly RaceResult[]): string[] {
  const lettersOf = new Map<string, Set<string>>();
  for (const { letter, withdrawn } of results) {
    for (const each of withdrawn) {
      const sentence = describeWithdrawal(each);
      lettersOf.set(sentence, (lettersOf.get(sentence) ?? new Set()).add(letter));
    }
  }
  return Array.from(lettersOf, ([sentence, letters]) => `${Array.from(letters).join(", ")}: ${sentence}`);
}

function describeWithdrawal({ name, reason }: Withdrawal): string {
  return `${name} is missing. ${reason}`;
}
