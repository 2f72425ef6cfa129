import { describe, expect, test } from "vitest";
import { keepPace, type Pace } from "./pace.ts";

/** Plays transfers that move what `rateAt` says for so many at once, and looks every 100 ms, as long as `forMs`. */
function play(
  pace: Pace,
  clock: { ms: number },
  rateAt: (atOnce: number) => number,
  forMs: number,
  running = pace.limit,
) {
  for (const endMs = clock.ms + forMs; clock.ms < endMs; ) {
    clock.ms += 100;
    pace.noteMoved(rateAt(pace.limit()) / 10);
    pace.review(running());
  }
  return pace.limit();
}

function startPace() {
  const clock = { ms: 1_000 };
  return { clock, pace: keepPace(() => clock.ms) };
}

const mebibyte = 1024 ** 2;

describe("how many transfers run at once", () => {
  test("grows to the most there may be while every one more brings more", () => {
    const { clock, pace } = startPace();
    expect(pace.limit()).toBe(8);
    expect(play(pace, clock, (atOnce) => atOnce * mebibyte, 12_000)).toBe(20);
  });

  test("stays where more brings nothing, and is tried again later", () => {
    const { clock, pace } = startPace();
    expect(play(pace, clock, (atOnce) => Math.min(atOnce, 16) * mebibyte, 12_000)).toBe(16);
    expect(play(pace, clock, (atOnce) => atOnce * mebibyte, 40_000)).toBe(20);
  });

  test("is not raised on a line that the first ones fill already", () => {
    const { clock, pace } = startPace();
    expect(play(pace, clock, () => 10 * mebibyte, 8_000)).toBe(8);
  });

  test("falls at once when a server refuses one more, never below two, and stays for a minute", () => {
    const { clock, pace } = startPace();
    play(pace, clock, (atOnce) => atOnce * mebibyte, 12_000);
    pace.noteRefused();
    expect(pace.limit()).toBe(10);
    expect(play(pace, clock, (atOnce) => atOnce * mebibyte, 50_000)).toBe(10);
    expect(play(pace, clock, (atOnce) => atOnce * mebibyte, 30_000)).toBe(20);
    for (let count = 0; count < 9; count++) pace.noteRefused();
    expect(pace.limit()).toBe(2);
  });

  test("is not judged by moments in which fewer ran than might", () => {
    const { clock, pace } = startPace();
    expect(
      play(
        pace,
        clock,
        (atOnce) => atOnce * mebibyte,
        12_000,
        () => 1,
      ),
    ).toBe(8);
  });

  test("is not raised where small files take next to no time", () => {
    const { clock, pace } = startPace();
    for (let count = 0; count < 2_000; count++) {
      clock.ms += 20 / pace.limit(); // each of them takes 20 ms
      pace.noteDone();
      pace.review(pace.limit());
    }
    expect(pace.limit()).toBe(8);
  });

  test("is judged by what new sessions bring, not by the time they take to log in", () => {
    const { clock, pace } = startPace();
    const loginMs = 600;
    let working = pace.limit();
    let allLoggedInMs = clock.ms;
    for (let count = 0; count < 200; count++) {
      if (clock.ms >= allLoggedInMs) working = pace.limit();
      clock.ms += 400 / working; // each of them takes 400 ms
      pace.noteDone();
      if (pace.review(pace.limit())) allLoggedInMs = clock.ms + loginMs;
    }
    expect(pace.limit()).toBe(20);
  });

  test("is found by small files long before the first large one ends", () => {
    const { clock, pace } = startPace();
    for (let count = 0; count < 200; count++) {
      clock.ms += 100 / pace.limit(); // each of them takes 100 ms
      pace.noteDone();
      pace.review(pace.limit());
    }
    expect(pace.limit()).toBeGreaterThan(8);
    expect(clock.ms).toBeLessThan(4_500);
  });
});
