import { expect, test } from "vitest";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import type { PlannedStart } from "../store/queueHolds.ts";
import { keepStartTimes } from "./startTimes.ts";

function setUp(starts: PlannedStart[]) {
  const clock = createFakeClock();
  const begun: number[] = [];
  const times = keepStartTimes({
    holds: { starts: () => starts },
    clock,
    begin: async (start) => {
      begun.push(start.atMs);
      starts.splice(starts.indexOf(start), 1);
    },
    onError: (error) => {
      throw error;
    },
  });
  return { clock, begun, times };
}

const turn = () => new Promise(setImmediate);

test("what is due begins, the rest waits for its own time, and nothing is left to wait for at the end", async () => {
  const starts: PlannedStart[] = [];
  const { clock, begun, times } = setUp(starts);
  const now = clock.now();
  starts.push({ atMs: now - 5, batch: null }, { atMs: now + 1_000, batch: null }, { atMs: now + 500, batch: null });
  times.look();
  await turn();
  expect(begun).toEqual([now - 5]);
  clock.advance(500);
  await turn();
  clock.advance(500);
  await turn();
  expect(begun).toEqual([now - 5, now + 500, now + 1_000]);
  expect(clock.timers()).toBe(0);
});

test("a long wait looks at the clock each minute: timers stand still while the computer sleeps", async () => {
  const starts: PlannedStart[] = [];
  const { clock, begun, times } = setUp(starts);
  const now = clock.now();
  starts.push({ atMs: now + 3_600_000, batch: null });
  times.look();
  clock.advance(60_000);
  starts.splice(0, 1, { atMs: now + 30_000, batch: null }); // as if the hour had gone by in its sleep
  clock.advance(60_000);
  await turn();
  expect(begun).toEqual([now + 30_000]);
});

test("nothing waits once it is closed", () => {
  const starts: PlannedStart[] = [];
  const { clock, times } = setUp(starts);
  starts.push({ atMs: clock.now() + 1_000, batch: null });
  times.look();
  times.close();
  expect(clock.timers()).toBe(0);
});
