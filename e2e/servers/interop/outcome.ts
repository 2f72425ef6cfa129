import { AppError } from "../../../shared/errors/appError.ts";
import type { Known } from "./known.ts";

/** How a check came out: as it should, or as the list of known limits says. */
export type Outcome = "passed" | "known";

/** Holds the end of a check (`error`: what it rejected with) against the list. Throws when the two do not agree. */
export function judge(known: Known | undefined, error: unknown): Outcome {
  if (known === undefined) {
    if (error !== undefined) throw error;
    return "passed";
  }
  if (error === undefined) {
    throw new Error(`${known.server} passes after all: take this from the list of known limits (“${known.reason}”).`);
  }
  if (!shows(error, known.shows)) {
    throw new Error(`${known.server} fails in another way than is known (“${known.reason}”).`, { cause: error });
  }
  return "known";
}

function shows(error: unknown, expected: Known["shows"]): boolean {
  if ("kind" in expected) return error instanceof AppError && error.kind === expected.kind;
  return error instanceof Error && error.message.includes(expected.message);
}
