import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { burstMs, tokenBucket } from "./tokenBucket.ts";

describe("a token bucket", () => {
  test("lets exactly its rate through, whatever the pieces and however late the timers", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1024, max: 1024 ** 3 }),
        fc.array(
          fc.record({ share: fc.double({ min: 0.01, max: 1, noNaN: true }), lateMs: fc.integer({ min: 0, max: 90 }) }),
          {
            minLength: 200,
            maxLength: 300,
          },
        ),
        (rate, takes) => {
          const bucket = tokenBucket(rate, 0);
          let now = 0;
          let moved = 0;
          for (const { share, lateMs } of takes) {
            const bytes = Math.ceil(share * rate * 0.3);
            const delay = bucket.take(bytes, now);
            moved += bytes;
            now += delay > 0 ? delay + Math.min(lateMs, burstMs) : 0;
          }
          const bound = (now / 1000) * rate;
          expect(moved).toBeGreaterThan(bound * 0.98 - rate * (burstMs / 1000));
          expect(moved).toBeLessThanOrEqual(bound * 1.02 + rate * ((2 * burstMs) / 1000));
        },
      ),
      { numRuns: 50 },
    );
  });

  test("after a rest, a burst is a tenth of a second at most", () => {
    const bucket = tokenBucket(1_000, 0);
    expect(bucket.take(100, 60_000)).toBe(0);
    expect(bucket.take(100, 60_000)).toBe(100);
    expect(bucket.take(100, 60_000)).toBe(200);
  });

  test("a piece far larger than a second's worth is waited for, not lost", () => {
    const bucket = tokenBucket(1_000, 0);
    expect(bucket.take(10_000, 0)).toBe(10_000);
    expect(bucket.take(0, 9_000)).toBe(1_000);
  });
});
