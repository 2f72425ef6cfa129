import { expect, test } from "vitest";
import { startManualClock } from "../testing/manualClock.ts";
import { keepSegmentPace } from "./segmentPace.ts";

test("what a session brings while another one begins is known once it has been steady for a moment", () => {
  const clock = startManualClock();
  const pace = keepSegmentPace(clock);
  const tell = pace.begin();
  clock.pass(300);
  tell(50_000);
  clock.pass(100);
  tell(90_000);
  expect(pace.setupBytes()).toBe(0);
  clock.pass(100);
  tell(10_000);
  expect(pace.setupBytes()).toBe((300 * 100_000) / 200);
});
