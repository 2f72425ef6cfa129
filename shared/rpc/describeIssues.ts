import type * as z from "zod/mini";

const maxShown = 3; // one wrong drop can be wrong 500,000 times

/** What is wrong with an input, in one line: `settings.port: too big; name: is not a name`. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const shown = issues.slice(0, maxShown).map((issue) => {
    // zod/mini ships no sentences: where a schema gives none of its own, the issue's code says most.
    const fault = issue.message === "Invalid input" ? issue.code.replaceAll("_", " ") : issue.message;
    return issue.path.length === 0 ? fault : `${issue.path.join(".")}: ${fault}`;
  });
  return shown.join("; ") + (issues.length > maxShown ? `; and ${issues.length - maxShown} more` : "");
}
