export type Completion = {
  readonly line: string;
  /** What the line may still become; empty when it is complete or nothing fits. */
  readonly candidates: readonly string[];
};

/** What Tab makes of a line, as in a shell: as far as all commands that fit agree; a blank behind the only one. */
export function completeCommand(line: string, commands: readonly string[]): Completion {
  const typed = line.trimStart().toUpperCase();
  const fitting = commands.filter((command) => command.startsWith(typed));
  const [first] = fitting;
  if (first === undefined) return { line, candidates: [] };
  if (fitting.length === 1) return { line: `${first} `, candidates: [] };
  return { line: fitting.reduce(commonStart), candidates: fitting };
}

function commonStart(one: string, other: string): string {
  let end = 0;
  while (end < one.length && one.charAt(end) === other.charAt(end)) end++;
  return one.slice(0, end);
}
