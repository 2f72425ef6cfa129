import { beforeEach, describe, expect, test } from "vitest";
import { createFakeClock, type FakeClock } from "../../util/testing/fakeClock.ts";
import type { Allowance } from "../remoteSession.ts";
import { createSpeedLimits, type Rate, type SpeedLimits } from "./speedLimits.ts";

const mebibyte = 1024 * 1024;
let clock: FakeClock;
let all: { upload: Rate; download: Rate };
let sites: Record<string, Rate>;
let limits: SpeedLimits;
beforeEach(() => {
  clock = createFakeClock();
  all = { upload: null, download: null };
  sites = {};
  limits = createSpeedLimits({
    clock,
    rateOfAll: (direction) => all[direction],
    rateOfSite: (siteId) => sites[siteId] ?? null,
  });
});

/** Moves bytes for ever, as fast as it may and the line lets it; `piece` is what one read gives at most. */
function move(allowance: Allowance, piece = Number.POSITIVE_INFINITY) {
  const mover = { moved: 0, isStopped: false };
  const work = async () => {
    while (!mover.isStopped) {
      const bytes = Math.min(allowance.pieceBytes() ?? mebibyte, piece);
      mover.moved += bytes;
      await allowance.take(bytes);
    }
  };
  return Object.assign(mover, { done: work() });
}

async function stop(movers: readonly ReturnType<typeof move>[], allowances: readonly Allowance[]) {
  for (const mover of movers) mover.isStopped = true;
  for (const allowance of allowances) allowance.close();
  await Promise.all(movers.map(({ done }) => done));
}

describe("speed limits", () => {
  test("without a limit nothing waits and no timer is set", () => {
    const allowance = limits.open("s", "download");
    expect(allowance.pieceBytes()).toBeNull();
    expect(allowance.take(1024 * mebibyte)).toBeNull();
    expect(clock.timers()).toBe(0);
  });

  test.each([
    [8, 200 * 1024],
    [3, 5 * mebibyte],
    [20, 3_000],
  ])("%i sessions share %i bytes a second evenly, and together move that much", async (count, rate) => {
    all.download = rate;
    const allowances = Array.from({ length: count }, (_, index) => limits.open(`site ${index % 3}`, "download"));
    const movers = allowances.map((allowance) => move(allowance));
    const seconds = Math.max(60, (count * 4096 * 20) / rate);
    await clock.pass(seconds * 1000);
    const total = movers.reduce((sum, { moved }) => sum + moved, 0);
    expect(total / seconds / rate).toBeGreaterThan(0.98);
    expect(total / seconds / rate).toBeLessThan(1.02 + (count * 4096) / rate / seconds);
    for (const { moved } of movers) expect(moved / (total / count)).toBeGreaterThan(0.9);
    await stop(movers, allowances);
    expect(clock.timers()).toBe(0);
  });

  test("who reads in small pieces gets as much as who reads in large ones", async () => {
    all.download = 20 * mebibyte;
    const allowances = [limits.open("a", "download"), limits.open("b", "download")] as const;
    const movers = [move(allowances[0]), move(allowances[1], 16 * 1024)] as const;
    await clock.pass(10_000);
    expect(movers[1].moved / movers[0].moved).toBeGreaterThan(0.9);
    expect(movers[1].moved / movers[0].moved).toBeLessThan(1.1);
    await stop(movers, allowances);
  });

  test("a thousand small files are as slow as one large one", async () => {
    all.upload = 100 * 1024;
    let files = 0;
    const end = 20_000;
    const work = (async () => {
      while (clock.now() < end) {
        const allowance = limits.open("s", "upload");
        const wait = allowance.take(1024);
        if (wait !== null) await wait;
        allowance.close();
        files += 1;
      }
    })();
    await clock.pass(end + 100);
    await work;
    expect(files / 2_000).toBeGreaterThan(0.98);
    expect(files / 2_000).toBeLessThan(1.02);
  });

  test("a site's limit holds beside that of all, and takes nothing from other sites or the other way", async () => {
    all.download = 1_000 * 1024;
    sites.slow = 100 * 1024;
    const allowances = [limits.open("slow", "download"), limits.open("fast", "download")] as const;
    const movers = allowances.map((allowance) => move(allowance));
    expect(limits.open("other", "upload").take(mebibyte)).toBeNull();
    await clock.pass(60_000);
    const [slow = 0, fast = 0] = movers.map(({ moved }) => moved / 60 / 1024);
    expect(slow).toBeGreaterThan(98);
    expect(slow).toBeLessThan(102);
    expect(fast).toBeGreaterThan(880);
    expect(fast).toBeLessThan(920);
    await stop(movers, allowances);
  });

  test("lifting the limit wakes who waits", async () => {
    all.download = 1024;
    const allowance = limits.open("s", "download");
    let isAwake = false;
    const waiting = allowance.take(mebibyte)?.then(() => {
      isAwake = true;
    });
    await clock.pass(1_000);
    expect(isAwake).toBe(false);
    all.download = null;
    limits.changed();
    await waiting;
    expect(isAwake).toBe(true);
    expect(clock.timers()).toBe(0);
  });
});
