import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { delay } from "../util/cancel.ts";
import { createFakeClock, type FakeClock } from "../util/testing/fakeClock.ts";
import { hashTree, type QueueBench, setUpQueue, until, writeTree } from "./testing/queueBench.ts";

let clock: FakeClock;
let bench: QueueBench;
beforeEach(async () => {
  clock = createFakeClock();
  bench = await setUpQueue({ clock });
});
afterEach(() => bench.end());

/** Connecting ends at once, or in silence that is given up after twenty seconds. */
type Trouble = "refused" | "silent";

const halfAnHourMs = 30 * 60_000;

function setTrouble(trouble: Trouble) {
  bench.server.isDown = true;
  let tries = 0;
  bench.login = async (signal) => {
    tries += 1;
    if (trouble === "refused") throw new AppError("connection-refused", "connect ECONNREFUSED");
    await delay(clock, 20_000, signal);
    throw new AppError("connection-timeout", "No answer within 20 s");
  };
  return { tries: () => tries };
}

function endTrouble() {
  bench.server.isDown = false;
  bench.login = async () => {};
}

/** Lets time pass in steps of a second, with room for what each second sets off; ends early when `isOver`. Returns what has passed. */
async function passTime(ms: number, isOver = () => false): Promise<number> {
  for (let passedMs = 0; passedMs < ms; passedMs += 1_000) {
    if (isOver()) return passedMs;
    clock.advance(1_000);
    for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
  }
  return ms;
}

/** What can go on without time passing has done so. */
const standsStill = () => until(() => bench.summary().running === 0);

describe.each<Trouble>(["refused", "silent"])("half an hour without the network (%s)", (trouble) => {
  test("F-process-15: 500 transfers wait, none fails, and all are done a minute after it is back", {
    timeout: 60_000,
  }, async () => {
    const names = Array.from({ length: 500 }, (_, index) => `f${index}`);
    await writeTree(bench.local, Object.fromEntries(names.map((name) => [name, Buffer.alloc(5_000, name)])));
    bench.change({ maxTransfers: 4, retryDelayMs: 5_000, maxRetries: 0 });
    bench.server.delayMs = 5;
    await bench.upload(names);
    await until(() => bench.summary().completed > 3); // it breaks in the middle of the drop
    const outage = setTrouble(trouble);
    await until(() => bench.rows("queued").some(({ state }) => state === "backoff"));
    bench.server.delayMs = 0;
    await passTime(halfAnHourMs);

    expect(bench.summary()).toMatchObject({ failed: 0, running: trouble === "silent" ? expect.any(Number) : 0 });
    expect(bench.summary().resting).toMatchObject([
      { siteName: "Test site", errorKind: `connection-${tellOf[trouble]}` },
    ]);
    expect(outage.tries()).toBeGreaterThan(halfAnHourMs / 60_000); // never asleep for longer than a minute
    expect(outage.tries()).toBeLessThan(100); // and never in a hurry

    endTrouble();
    const passedMs = await passTime(60_000, () => bench.summary().resting.length === 0);
    expect(passedMs).toBeLessThan(60_000);
    await passTime(60_000 - passedMs - 1_000, () => bench.summary().queued + bench.summary().running === 0);
    await bench.idle();
    expect(bench.summary()).toMatchObject({ failed: 0, completed: 500, resting: [] });
    expect(await hashTree(bench.remote)).toEqual(await hashTree(bench.local));
  });
});

const tellOf = { refused: "refused", silent: "timeout" } as const satisfies Record<Trouble, string>;

describe("while a site cannot be reached", () => {
  beforeEach(async () => {
    await writeTree(bench.local, { a: "a", b: "b", c: "c" });
    bench.change({ maxTransfers: 3, retryDelayMs: 5_000 });
    setTrouble("refused");
    await bench.upload(["a", "b", "c"]);
    await standsStill();
  });

  test("whoever does not want to wait tries now", async () => {
    await passTime(120_000);
    endTrouble();
    bench.queue.tryNow();
    await bench.idle();
    expect(bench.summary()).toMatchObject({ completed: 3, resting: [] });
  });

  test("one transfer goes ahead, the others follow when it has got through", async () => {
    await passTime(120_000);
    const outage = setTrouble("refused");
    await passTime(30_000);
    expect(outage.tries()).toBeLessThanOrEqual(2);
    endTrouble();
    await passTime(30_000, () => bench.summary().resting.length === 0);
    await bench.idle();
    expect(bench.rows("completed").map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
  });

  test("another site goes on", async () => {
    const [source] = await Promise.all([bench.source(`${bench.local}/a`)]);
    endTrouble();
    bench.queue.add({ siteId: "other", direction: "upload", sources: [source], targetPath: "/" });
    await until(() => bench.summary().completed === 1);
    expect(bench.summary()).toMatchObject({ queued: 3, resting: [{ siteName: "Test site" }] });
  });

  test("a restart begins with a try, not with a rest", async () => {
    await passTime(600_000);
    endTrouble();
    await bench.reopen();
    await bench.idle();
    expect(bench.summary()).toMatchObject({ completed: 3, failed: 0 });
  });

  test("closing leaves no timer", async () => {
    await bench.queue.setProcessing(false);
    expect(clock.timers()).toBe(0);
  });
});

test("a computer that wakes up tries at once what waits", async () => {
  let sleptMs = 0;
  const awake = createFakeClock();
  const sleeper = await setUpQueue({ clock: { ...awake, now: () => awake.now() + sleptMs } });
  try {
    await writeTree(sleeper.local, { a: "a" });
    sleeper.change({ retryDelayMs: 900_000 });
    sleeper.leaseError = new AppError("host-not-found", "getaddrinfo ENOTFOUND");
    await sleeper.upload(["a"]);
    await until(() => sleeper.summary().resting.length === 1);
    await until(() => sleeper.summary().running === 0);
    sleeper.leaseError = null;
    sleptMs = 60_000;
    awake.advance(1_000);
    await sleeper.idle();
    expect(sleeper.summary()).toMatchObject({ completed: 1, resting: [] });
  } finally {
    await sleeper.end();
  }
});

test("what the server refuses in its own words fails, outage or not", async () => {
  await writeTree(bench.local, { a: "a", b: "b" });
  bench.server.refusals.push({ operation: "upload", path: "/a", kind: "permission-denied" });
  setTrouble("refused");
  await bench.upload(["a", "b"]);
  await standsStill();
  await passTime(300_000);
  endTrouble();
  await passTime(31_000);
  await bench.idle();
  expect(bench.rows("failed")).toMatchObject([{ errorKind: "permission-denied", attempts: 1 }]);
  expect(bench.summary()).toMatchObject({ completed: 1, failed: 1 });
});
