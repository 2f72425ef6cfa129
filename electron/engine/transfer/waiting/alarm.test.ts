import { describe, expect, test } from "vitest";
import type { Clock } from "../../ports.ts";
import { startManualClock } from "../testing/manualClock.ts";
import { createAlarm } from "./alarm.ts";

/** A computer whose timers stand still while it sleeps, and whose clock can be set. */
function setUp() {
  const awake = startManualClock();
  let offsetMs = 0;
  const clock: Clock = { now: () => awake.now() + offsetMs, setTimer: awake.setTimer };
  const rings: boolean[] = [];
  const alarm = createAlarm(clock, (hasLeapt) => rings.push(hasLeapt));
  const leap = (ms: number) => {
    offsetMs += ms;
  };
  return { alarm, clock, pass: awake.pass, timers: awake.timers, leap, rings };
}

describe("an alarm", () => {
  test("rings once, at its time", () => {
    const { alarm, clock, pass, timers, rings } = setUp();
    alarm.set(clock.now() + 30_500);
    pass(30_499);
    expect(rings).toEqual([]);
    pass(1);
    expect(rings).toEqual([false]);
    pass(60_000);
    expect([rings, timers()]).toEqual([[false], 0]);
  });

  test("of a time that has passed rings at once, though not before whoever set it has ended", () => {
    const { alarm, clock, pass, rings } = setUp();
    alarm.set(clock.now() - 5);
    expect(rings).toEqual([]);
    pass(0);
    expect(rings).toEqual([false]);
  });

  test("set anew forgets its time, and set to nothing leaves no timer", () => {
    const { alarm, clock, pass, timers, rings } = setUp();
    alarm.set(clock.now() + 500);
    alarm.set(clock.now() + 5_000);
    pass(4_000);
    expect(rings).toEqual([]);
    alarm.set(null);
    pass(5_000);
    expect([rings, timers()]).toEqual([[], 0]);
  });

  test.each([
    ["has slept an hour", 3_600_000],
    ["had its clock set back an hour", -3_600_000],
  ])("rings within a second when the computer %s", (_, ms) => {
    const { alarm, clock, pass, leap, rings } = setUp();
    alarm.set(clock.now() + 30_000);
    pass(2_500);
    leap(ms);
    pass(500);
    expect(rings).toEqual([true]);
  });
});
