import { assertNever } from "../../../../shared/assertNever.ts";
import type { TimePrecision } from "../../../../shared/models/entry.ts";
import type { ConflictChoice } from "../../../../shared/models/prompt.ts";
import type { SkipReason } from "../../../../shared/models/transfer.ts";

/** One side of a conflict, as far as its file system said. */
export type ConflictSide = {
  readonly size: number | null;
  readonly modifiedMs: number | null;
  /** How much of `modifiedMs` is known: a time told to the minute means "somewhere in that minute". */
  readonly precision: TimePrecision;
};

export type Conflict = {
  readonly rule: ConflictChoice;
  readonly source: ConflictSide;
  readonly target: ConflictSide;
  /** Both ends can begin in the middle of a file. */
  readonly canResume: boolean;
};

export type ConflictDecision =
  | { readonly do: "overwrite" }
  /** Go on at `offset`; equal to the source's size when nothing is missing. */
  | { readonly do: "resume"; readonly offset: number }
  | { readonly do: "rename" }
  | { readonly do: "skip"; readonly reason: SkipReason }
  | { readonly do: "ask" };

/**
 * What happens to a file whose target exists. A rule that needs a fact nobody told, or an ability nobody has, does not guess: it asks.
 */
export function decideConflict({ rule, source, target, canResume }: Conflict): ConflictDecision {
  switch (rule) {
    case "ask":
      return { do: "ask" };
    case "overwrite":
      return { do: "overwrite" };
    case "overwrite-if-newer":
      return decideByTime(source, target);
    case "overwrite-if-size-differs":
      if (source.size === null || target.size === null) return { do: "ask" };
      return source.size === target.size ? { do: "skip", reason: "same-size" } : { do: "overwrite" };
    case "overwrite-if-size-differs-or-newer":
      return decideBySizeAndTime(source, target);
    case "resume":
      return isResumable(source, target, canResume) ? { do: "resume", offset: target.size ?? 0 } : { do: "ask" };
    case "rename":
      return { do: "rename" };
    case "skip":
      return { do: "skip", reason: "user" };
    default:
      return assertNever(rule);
  }
}

/** True when the target may be the beginning of the source. */
export function isResumable(source: ConflictSide, target: ConflictSide, canResume: boolean): boolean {
  if (target.size === null) return false;
  const isNoLonger = source.size === null || target.size <= source.size;
  return isNoLonger && (canResume || target.size === source.size);
}

function decideBySizeAndTime(source: ConflictSide, target: ConflictSide): ConflictDecision {
  const areSizesKnown = source.size !== null && target.size !== null;
  if (areSizesKnown && source.size !== target.size) return { do: "overwrite" };
  const byTime = decideByTime(source, target);
  return areSizesKnown || byTime.do === "overwrite" ? byTime : { do: "ask" };
}

const spanMs = { second: 1_000, minute: 60_000, day: 86_400_000 } as const satisfies Record<TimePrecision, number>;

function decideByTime(source: ConflictSide, target: ConflictSide): ConflictDecision {
  if (source.modifiedMs === null || target.modifiedMs === null) return { do: "ask" };
  // Each time is the start of a span. Only a source that begins after the target's whole span is certainly newer: "12:00" in a
  // listing and 12:00:30 on the disk may be the same file.
  const isNewer = source.modifiedMs >= target.modifiedMs + spanMs[target.precision];
  return isNewer ? { do: "overwrite" } : { do: "skip", reason: "not-newer" };
}
