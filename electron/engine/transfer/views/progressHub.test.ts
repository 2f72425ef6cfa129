import { describe, expect, test } from "vitest";
import type { ProgressBatch } from "../../../../shared/models/transfer.ts";
import { createFakeClock } from "../../util/testing/fakeClock.ts";
import { createProgressHub } from "./progressHub.ts";
import { startSpeedometer } from "./speedometer.ts";

function watchHub(bytesWaiting = 0) {
  const clock = createFakeClock();
  const hub = createProgressHub(clock, () => bytesWaiting);
  const batches: ProgressBatch[] = [];
  const stop = hub.watch((batch) => batches.push(batch));
  return { clock, hub, batches, stop };
}

describe("progress", () => {
  test("begins with a snapshot, comes every 100 ms while something runs, once more at the end, then no timer is left", () => {
    const { clock, hub, batches } = watchHub();
    expect(batches).toHaveLength(1);
    expect(clock.timers()).toBe(0);
    hub.begin(1, "upload", 1_000, 0);
    clock.advance(300);
    expect(batches).toHaveLength(4);
    hub.end(1);
    clock.advance(1_000);
    expect(batches).toHaveLength(5);
    expect(batches.at(-1)?.transfers).toEqual([]);
    expect(clock.timers()).toBe(0);
  });

  test("has no timer without a watcher", () => {
    const { clock, hub, stop } = watchHub();
    hub.begin(1, "upload", 1_000, 0);
    stop();
    expect(clock.timers()).toBe(0);
  });

  test("tells bytes, speed and the time left, each and in total", () => {
    const { clock, hub, batches } = watchHub(5_000);
    hub.begin(1, "upload", 10_000, 0);
    hub.begin(2, "download", null, 0);
    for (const id of [1, 2]) hub.setBytesDone(id, 0);
    hub.setSession(1, "transfer 1");
    for (let tick = 1; tick <= 10; tick++) {
      hub.setBytesDone(1, tick * 100);
      hub.setBytesDone(2, tick * 200);
      clock.advance(100);
    }
    const { transfers, total } = batches.at(-1) ?? { transfers: [], total: null };
    expect(transfers).toEqual([
      { id: 1, session: "transfer 1", bytesDone: 1_000, size: 10_000, bytesPerSecond: 1_000, etaMs: 9_000 },
      { id: 2, session: null, bytesDone: 2_000, size: null, bytesPerSecond: 2_000, etaMs: null },
    ]);
    expect(total).toEqual({
      bytesPerSecond: 3_000,
      uploadBytesPerSecond: 1_000,
      downloadBytesPerSecond: 2_000,
      bytesRemaining: 14_000,
      etaMs: 4_667,
    });
  });

  test("what an earlier try brought is no speed", () => {
    const { clock, hub, batches } = watchHub();
    hub.begin(1, "download", 10_000, 4_000);
    hub.setBytesDone(1, 4_000);
    clock.advance(100);
    expect(batches.at(-1)?.transfers).toMatchObject([{ bytesDone: 4_000, bytesPerSecond: 0, etaMs: null }]);
  });
});

describe("speed", () => {
  test("is right from the first reading, and forgets within seconds", () => {
    const speed = startSpeedometer(0);
    speed.add(500);
    expect(speed.read(500)).toBe(1_000);
    expect(speed.read(15_000)).toBeLessThan(30);
  });

  test("follows a change without jumping", () => {
    const speed = startSpeedometer(0);
    let now = 0;
    const runFor = (seconds: number, perSecond: number) => {
      for (let tick = 0; tick < seconds * 10; tick++) {
        now += 100;
        speed.add(perSecond / 10);
        speed.read(now);
      }
      return speed.read(now);
    };
    expect(runFor(10, 1_000)).toBe(1_000);
    const soon = runFor(1, 3_000);
    expect(soon).toBeGreaterThan(1_300);
    expect(soon).toBeLessThan(2_000);
    expect(runFor(15, 3_000)).toBeGreaterThan(2_900);
  });
});
