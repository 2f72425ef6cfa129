/** What is wrong with a file as a whole. */
export type QueueFileProblem = "not-a-queue" | "newer-version" | "damaged" | "too-large";

/** A file from which nothing is taken. `line` where it is known, counted from 1. */
export class QueueFileError extends Error {
  readonly problem: QueueFileProblem;
  readonly line: number | null;

  constructor(problem: QueueFileProblem, line: number | null = null, cause?: unknown) {
    super(`${problem}${line === null ? "" : ` in line ${line}`}`, { cause });
    this.name = "QueueFileError";
    this.problem = problem;
    this.line = line;
  }
}
