import { describe, expect, test } from "vitest";
import { createFakeClock } from "../util/testing/fakeClock.ts";
import { keepCeilings } from "./ceilings.ts";

const site = "site";

function setUp(remembered: number | null = null) {
  const clock = createFakeClock();
  let ceiling = remembered;
  let rises = 0;
  const memory = {
    recall: () => ceiling,
    note: (_: string, news: number | null) => {
      ceiling = news;
    },
  };
  const ceilings = keepCeilings(memory, clock, () => {
    rises += 1;
  });
  return { clock, ceilings, limit: () => ceilings.limitOf(site), known: () => ceiling, rises: () => rises };
}

describe("how many sessions a server bears", () => {
  test("is without limit while nobody knows, and what it refused afterwards", () => {
    const { ceilings, limit } = setUp();
    expect(limit()).toBe(Number.POSITIVE_INFINITY);
    ceilings.noteRefused(site, 3);
    expect(limit()).toBe(3);
  });

  test("one more is tried after half a minute, and whoever waits is told", () => {
    const { ceilings, clock, limit, rises } = setUp();
    ceilings.noteRefused(site, 3);
    clock.advance(29_999);
    expect([limit(), rises()]).toEqual([3, 0]);
    clock.advance(1);
    expect([limit(), rises()]).toEqual([4, 1]);
  });

  test("what an earlier run has learnt is tried again as well", () => {
    const { clock, limit } = setUp(2);
    expect(limit()).toBe(2);
    clock.advance(30_000);
    expect(limit()).toBe(3);
  });

  test("one that stands raises it, and the next follows soon", () => {
    const { ceilings, clock, limit, known } = setUp(2);
    limit();
    clock.advance(30_000);
    ceilings.noteStanding(site, 3);
    expect([limit(), known()]).toEqual([3, 3]);
    clock.advance(5_000);
    expect(limit()).toBe(4);
  });

  test("each trial that is refused doubles the time to the next, up to half an hour", () => {
    const { ceilings, clock, limit } = setUp(2);
    limit();
    const waits: number[] = [];
    for (let restMs = 30_000; waits.length < 8; restMs = Math.min(restMs * 2, 1_800_000)) {
      clock.advance(restMs - 1);
      expect(limit()).toBe(2);
      clock.advance(1);
      expect(limit()).toBe(3);
      ceilings.noteRefused(site, 2);
      waits.push(restMs);
    }
    expect(waits.at(-1)).toBe(1_800_000);
  });

  test("refusals that come side by side count as one", () => {
    const { ceilings, clock, limit } = setUp();
    for (const others of [4, 3, 3]) ceilings.noteRefused(site, others);
    clock.advance(30_000);
    expect(limit()).toBe(4);
  });

  test("fewer than it bears change nothing", () => {
    const { ceilings, limit } = setUp(3);
    ceilings.noteStanding(site, 2);
    expect(limit()).toBe(3);
  });

  test("is never none", () => {
    const { ceilings, limit } = setUp();
    ceilings.noteRefused(site, 0);
    expect(limit()).toBe(1);
  });

  test("is forgotten when asked, and nothing is tried after the end", () => {
    const { ceilings, clock, limit, rises } = setUp(2);
    limit();
    ceilings.forget(site);
    expect(limit()).toBe(Number.POSITIVE_INFINITY);
    ceilings.noteRefused(site, 2);
    ceilings.close();
    expect(clock.timers()).toBe(0);
    clock.advance(3_600_000);
    expect(rises()).toBe(0);
  });
});
