import { expect, test } from "vitest";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import { keepSegmentPace } from "./segmentPace.ts";

test("what a session brings while another one begins is known once it has been steady for a moment", () => {
  const clock = createFakeClock();
  const pace = keepSegmentPace(clock);
  const tell = pace.begin();
  clock.advance(300);
  tell(50_000);
  clock.advance(100);
  tell(90_000);
  expect(pace.setupBytes()).toBe(0);
  clock.advance(100);
  tell(10_000);
  expect(pace.setupBytes()).toBe((300 * 100_000) / 200);
});
