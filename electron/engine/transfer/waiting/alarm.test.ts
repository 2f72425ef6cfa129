import { describe, expect, test } from "vitest";
import type { Clock } from "../../ports.ts";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import { createAlarm } from "./alarm.ts";

/** A computer whose timers stand still while it sleeps, and whose clock can be set. */
function setUp() {
  const awake = createFakeClock();
  let offsetMs = 0;
  const clock: Clock = { now: () => awake.now() + offsetMs, setTimer: awake.setTimer };
  const rings: boolean[] = [];
  const alarm = createAlarm(clock, (hasLeapt) => rings.push(hasLeapt));
  const leap = (ms: number) => {
    offsetMs += ms;
  };
  return { alarm, clock, advance: awake.advance, timers: awake.timers, leap, rings };
}

describe("an alarm", () => {
  test("rings once, at its time", () => {
    const { alarm, clock, advance, timers, rings } = setUp();
    alarm.set(clock.now() + 30_500);
    advance(30_499);
    expect(rings).toEqual([]);
    advance(1);
    expect(rings).toEqual([false]);
    advance(60_000);
    expect([rings, timers()]).toEqual([[false], 0]);
  });

  test("of a time that has passed rings at once, though not before whoever set it has ended", () => {
    const { alarm, clock, advance, rings } = setUp();
    alarm.set(clock.now() - 5);
    expect(rings).toEqual([]);
    advance(0);
    expect(rings).toEqual([false]);
  });

  test("set anew forgets its time, and set to nothing leaves no timer", () => {
    const { alarm, clock, advance, timers, rings } = setUp();
    alarm.set(clock.now() + 500);
    alarm.set(clock.now() + 5_000);
    advance(4_000);
    expect(rings).toEqual([]);
    alarm.set(null);
    advance(5_000);
    expect([rings, timers()]).toEqual([[], 0]);
  });

  test.each([
    ["has slept an hour", 3_600_000],
    ["had its clock set back an hour", -3_600_000],
  ])("rings within a second when the computer %s", (_, ms) => {
    const { alarm, clock, advance, leap, rings } = setUp();
    alarm.set(clock.now() + 30_000);
    advance(2_500);
    leap(ms);
    advance(500);
    expect(rings).toEqual([true]);
  });
});
