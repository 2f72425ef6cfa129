import * as z from "zod/mini";
import { matchesGlob, readPatterns } from "./glob.ts";
import { conflictChoiceSchema } from "./prompt.ts";
import { type Direction, directionSchema } from "./transfer.ts";

const bytes = z.nullable(z.number().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER)));
const days = z.nullable(z.number().check(z.gte(0), z.lte(100_000)));

/** What is done with some of the files whose target exists. Each condition that is set must hold. */
export const conflictRuleSchema = z.object({
  /** Made once, so that a list can be reordered. */
  id: z.string().check(z.minLength(1), z.maxLength(64)),
  /** Patterns with semicolons between them ("*.tmp; Thumbs.db"); empty: every name. */
  names: z.string().check(z.maxLength(1_000)),
  direction: z.nullable(directionSchema),
  siteId: z.nullable(z.string().check(z.maxLength(64))),
  /** The source's size, both ends included. */
  minBytes: bytes,
  maxBytes: bytes,
  /** The source's age in days. */
  olderThanDays: days,
  newerThanDays: days,
  action: conflictChoiceSchema,
});
export type ConflictRule = z.infer<typeof conflictRuleSchema>;

/** A file whose target exists, as far as it is known. */
export type ConflictCase = {
  readonly name: string;
  readonly direction: Direction;
  readonly siteId: string;
  readonly size: number | null;
  readonly modifiedMs: number | null;
};

const dayMs = 86_400_000;

/** The first rule whose conditions all hold; null: none. A condition about what nobody knows does not hold. */
export function findConflictRule(
  rules: readonly ConflictRule[],
  file: ConflictCase,
  nowMs: number,
): ConflictRule | null {
  return rules.find((rule) => holds(rule, file, nowMs)) ?? null;
}

function holds(rule: ConflictRule, file: ConflictCase, nowMs: number): boolean {
  const { direction, siteId, minBytes, maxBytes, olderThanDays, newerThanDays } = rule;
  if (direction !== null && direction !== file.direction) return false;
  if (siteId !== null && siteId !== file.siteId) return false;
  const ageDays = file.modifiedMs === null ? null : (nowMs - file.modifiedMs) / dayMs;
  return (
    isWithin(file.size, minBytes, maxBytes) && isWithin(ageDays, olderThanDays, newerThanDays) && isMeant(rule, file)
  );
}

function isWithin(value: number | null, least: number | null, most: number | null): boolean {
  if (least === null && most === null) return true;
  return value !== null && value >= (least ?? Number.NEGATIVE_INFINITY) && value <= (most ?? Number.POSITIVE_INFINITY);
}

function isMeant({ names }: ConflictRule, { name }: ConflictCase): boolean {
  const patterns = readPatterns(names);
  return patterns.length === 0 || patterns.some((pattern) => matchesGlob(pattern, name));
}
