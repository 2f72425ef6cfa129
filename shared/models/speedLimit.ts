import * as z from "zod/mini";

/** 0: no limit. The least limit is what still lets a listing of names through in reasonable time. */
export const bytesPerSecondSchema = z.union([z.literal(0), z.int().check(z.gte(1024), z.lte(100 * 1024 ** 3))]);

/** Limits for a time of some days of the week. */
export const speedRuleSchema = z.object({
  /** 0: Sunday … 6: Saturday. */
  days: z.array(z.int().check(z.gte(0), z.lte(6))).check(z.minLength(1), z.maxLength(7)),
  /** Minutes since midnight, on this computer's clock. */
  fromMinute: z.int().check(z.gte(0), z.lte(1439)),
  /** At or before `fromMinute`: on the next day. 1440: midnight. */
  toMinute: z.int().check(z.gte(0), z.lte(1440)),
  maxDownBytesPerSecond: bytesPerSecondSchema,
  maxUpBytesPerSecond: bytesPerSecondSchema,
});
export type SpeedRule = z.infer<typeof speedRuleSchema>;
