import { describe, expect, test } from "vitest";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import { keepOutages } from "./outages.ts";

const refused = { kind: "connection-refused", text: "connect ECONNREFUSED" } as const;

function setUp({ retryDelayMs = 5_000, random = 0 } = {}) {
  const clock = createFakeClock();
  return { clock, outages: keepOutages({ now: clock.now, retryDelayMs: () => retryDelayMs, random: () => random }) };
}

describe("a site that cannot be reached", () => {
  test("rests longer and longer, but never longer than half a minute", () => {
    const { clock, outages } = setUp();
    const rests = Array.from({ length: 6 }, () => {
      const restMs = outages.note("a", refused) - clock.now();
      clock.advance(restMs);
      return restMs;
    });
    expect(rests).toEqual([5_000, 10_000, 20_000, 30_000, 30_000, 30_000]);
  });

  test("is not tried at the same moment by everybody: up to a fifth of each rest is left to chance", () => {
    const { clock, outages } = setUp({ random: 0.5 });
    expect(outages.note("a", refused) - clock.now()).toBe(4_500);
  });

  test("is not tried without a pause, even when the user wants none between two tries", () => {
    const { clock, outages } = setUp({ retryDelayMs: 0 });
    outages.note("a", refused);
    clock.advance(1);
    expect(outages.note("a", refused) - clock.now()).toBe(2_000);
  });

  test("tries that failed side by side count as one", () => {
    const { clock, outages } = setUp();
    const first = outages.note("a", refused);
    clock.advance(100);
    expect(outages.note("a", refused)).toBe(first);
    expect(outages.all()).toMatchObject([{ siteId: "a", failures: 1, error: refused }]);
  });

  test("lets nobody begin while it rests, then one, and everybody once that one has got through", () => {
    const { clock, outages } = setUp();
    outages.note("a", refused);
    expect([outages.mayBegin("a", () => 0), outages.mayBegin("b", () => 3)]).toEqual([false, true]);
    clock.advance(5_000);
    expect([outages.mayBegin("a", () => 0), outages.mayBegin("a", () => 1)]).toEqual([true, false]);
    expect([outages.noteReached("a"), outages.noteReached("a")]).toEqual([true, false]);
    expect([outages.mayBegin("a", () => 1), outages.all()]).toEqual([true, []]);
  });

  test("keeps the time it began at", () => {
    const { clock, outages } = setUp();
    const sinceMs = clock.now();
    outages.note("a", refused);
    clock.advance(60_000);
    outages.note("a", { kind: "host-not-found", text: "?" });
    expect(outages.all()).toMatchObject([{ sinceMs, failures: 2, error: { kind: "host-not-found" } }]);
  });

  test("is tried at once when the user wants it, and rests but shortly after", () => {
    const { clock, outages } = setUp();
    for (let count = 0; count < 4; count++) {
      outages.note("a", refused);
      clock.advance(30_000);
    }
    outages.note("a", refused);
    outages.endRests();
    expect([outages.mayBegin("a", () => 0), outages.nextTryMs()]).toEqual([true, null]);
    expect(outages.note("a", refused) - clock.now()).toBe(5_000);
  });

  test("the earliest of several sites is the next to be tried", () => {
    const { clock, outages } = setUp();
    const first = outages.note("a", refused);
    clock.advance(1_000);
    outages.note("b", refused);
    expect(outages.nextTryMs()).toBe(first);
    clock.advance(60_000);
    expect(outages.nextTryMs()).toBeNull();
  });
});
