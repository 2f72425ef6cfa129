import { expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { createFakeClock, settle } from "../util/testing/fakeClock.ts";
import type { Lease } from "./lease.ts";
import type { RemoteSession } from "./remoteSession.ts";
import { createSessionPool } from "./sessionPool.ts";
import { createMemoryServer, plainOptions } from "./testing/memorySession.ts";

const never = new AbortController().signal;
const site = "site";

type Opening = {
  readonly label: string;
  readonly succeed: () => Promise<void>;
  readonly fail: (kind: AppError["kind"]) => Promise<void>;
};

/** A pool. `isManual`: the test lets logins succeed or fail one by one; `isDeaf`: they do not hear that nobody wants them any more. */
function setUp({ limit = 10, isManual = false, isDeaf = false } = {}) {
  const clock = createFakeClock();
  let ceiling: number | null = null;
  const ceilings = {
    recall: () => ceiling,
    note: (_: string, news: number | null) => {
      ceiling = news;
    },
  };
  const server = createMemoryServer();
  const openings: Opening[] = [];
  const opened: RemoteSession[] = [];
  const pool = createSessionPool({
    ceilings,
    clock,
    limitOf: () => limit,
    open: async (_siteId, label, signal) => {
      if (isManual) {
        await new Promise<void>((resolve, reject) => {
          const settleWith = (end: () => void) => async () => {
            end();
            await settle();
          };
          const failed = (kind: AppError["kind"]) => new AppError(kind, `refused: ${kind}`);
          if (!isDeaf) signal.addEventListener("abort", () => reject(failed("cancelled")));
          openings.push({
            label,
            succeed: settleWith(resolve),
            fail: (kind) => settleWith(() => reject(failed(kind)))(),
          });
        });
      }
      const session = await server.openSession(plainOptions(label, clock), new AbortController().signal);
      opened.push(session);
      return session;
    },
  });
  const lease = (signal = never) => track(pool.lease(site, signal));
  const browse = (onWanted = () => {}, signal = never) => track(pool.leaseForBrowsing(site, onWanted, signal));
  const spare = (onWanted = () => {}, signal = never) => track(pool.leaseSpare(site, onWanted, signal));
  return { clock, server, pool, openings, opened, lease, browse, spare, ceilings };
}

type Tracked = { readonly promise: Promise<Lease | null>; lease: Lease | null; error: AppError | null };

function track(promise: Promise<Lease | null>): Tracked {
  const tracked: Tracked = { promise, lease: null, error: null };
  promise.then(
    (lease) => {
      tracked.lease = lease;
    },
    (error: AppError) => {
      tracked.error = error;
    },
  );
  return tracked;
}

const labelsOf = (leases: readonly Tracked[]) =>
  leases.map(({ lease, error }) => lease?.session.label ?? error?.kind ?? null);

test("the first login goes alone, the others follow once it has worked", async () => {
  const { lease, openings } = setUp({ isManual: true });
  const leases = [lease(), lease(), lease()];
  await settle();
  expect(openings.map(({ label }) => label)).toEqual(["transfer 1"]);
  await openings[0]?.succeed();
  expect(openings.map(({ label }) => label)).toEqual(["transfer 1", "transfer 2", "transfer 3"]);
  await openings[1]?.succeed();
  await openings[2]?.succeed();
  expect(labelsOf(leases)).toEqual(["transfer 1", "transfer 2", "transfer 3"]);
});

test("a released session is lent again, to whoever waited first", async () => {
  const { lease, opened } = setUp({ limit: 2 });
  const [first, second, third] = [lease(), lease(), lease()];
  await settle();
  expect(labelsOf([first, second, third])).toEqual(["transfer 1", null, null]);
  first.lease?.release();
  await settle();
  expect([second.lease?.session, third.lease]).toEqual([first.lease?.session, null]);
  second.lease?.release();
  await settle();
  expect([third.lease?.session, opened.length]).toEqual([first.lease?.session, 1]);
});

test("releasing twice gives back once", async () => {
  const { lease } = setUp({ limit: 2 });
  const first = lease();
  await settle();
  first.lease?.release();
  const second = lease();
  await settle();
  first.lease?.release();
  const third = lease();
  await settle();
  expect([second.lease === null, third.lease]).toEqual([false, null]);
});

test("transfers leave one session of the limit to browsing", async () => {
  const { lease, browse } = setUp({ limit: 3 });
  const leases = [lease(), lease(), lease()];
  await settle();
  expect(labelsOf(leases)).toEqual(["transfer 1", "transfer 2", null]);
  const browsing = browse();
  await settle();
  expect(browsing.lease?.session.label).toBe("browse 1");
});

test("an idle session is closed after a minute, and not before", async () => {
  const { lease, clock, opened, server } = setUp();
  const first = lease();
  await settle();
  first.lease?.release();
  await clock.pass(59_999);
  expect(server.openCount()).toBe(1);
  await clock.pass(1);
  expect([server.openCount(), opened[0]?.isUsable, clock.timers()]).toEqual([0, false, 0]);
});

test("where a line has broken, idle sessions are not lent again", async () => {
  const { lease, pool, opened } = setUp();
  const first = lease();
  await settle();
  first.lease?.release();
  pool.distrustIdle(site);
  await settle();
  expect(opened[0]?.isUsable).toBe(false);
  const second = lease();
  await settle();
  expect([opened.length, second.lease?.session.isUsable]).toEqual([2, true]);
});

test("an idle session that the server ends is not lent again", async () => {
  const { lease, server, opened, clock } = setUp();
  const first = lease();
  await settle();
  first.lease?.release();
  server.hangUp();
  await settle();
  const second = lease();
  await settle();
  expect([opened.length, second.lease?.session.isUsable]).toEqual([2, true]);
  second.lease?.release();
  expect(clock.timers()).toBe(1);
});

test("a session that came back broken is replaced for who waits", async () => {
  const { lease, server, opened } = setUp({ limit: 2 });
  const [first, second] = [lease(), lease()];
  await settle();
  server.hangUp();
  first.lease?.release();
  await settle();
  expect([opened.length, second.lease?.session.isUsable]).toEqual([2, true]);
});

test("a wait that is given up rejects at once, and so does the login that nobody waits for any more", async () => {
  const { lease, openings, opened } = setUp({ isManual: true });
  const abort = new AbortController();
  const [kept, given] = [lease(), lease(abort.signal)];
  await settle();
  await openings[0]?.succeed();
  abort.abort();
  await settle();
  expect([kept.lease !== null, given.error?.kind]).toEqual([true, "cancelled"]);
  expect(openings).toHaveLength(2);
  expect(opened).toHaveLength(1);
  const next = lease();
  await settle();
  await openings[2]?.succeed();
  expect(next.lease?.session.label).toBe("transfer 2");
});

test("a session that arrives although its wait was given up stays warm for the next", async () => {
  const { lease, openings, opened } = setUp({ isManual: true, isDeaf: true });
  const abort = new AbortController();
  const given = lease(abort.signal);
  await settle();
  abort.abort();
  await openings[0]?.succeed();
  expect(given.error?.kind).toBe("cancelled");
  const next = lease();
  await settle();
  expect([opened.length, next.lease?.session.label]).toEqual([1, "transfer 1"]);
});

test.each(["lease", "browse"] as const)(
  "a session (%s) that arrives after the pool was closed is closed",
  async (use) => {
    const { pool, openings, opened, ...uses } = setUp({ isManual: true, isDeaf: true });
    const given = uses[use]();
    await settle();
    const closed = pool.close();
    await openings[0]?.succeed();
    await closed;
    expect(given.error?.kind).toBe("cancelled");
    expect(opened.map(({ isUsable }) => isUsable)).toEqual([false]);
  },
);

test("a lease that arrives after its wait was given up goes to the next one", async () => {
  const { lease, opened } = setUp();
  const abort = new AbortController();
  const given = lease(abort.signal);
  abort.abort();
  const next = lease();
  await settle();
  expect([given.error?.kind, next.lease?.session.isUsable, opened.length <= 2]).toEqual(["cancelled", true, true]);
});

test.each(["login-rejected", "proxy-login-rejected", "account-required"] as const)(
  "%s fails everyone who waits, and is not tried again by itself",
  async (kind) => {
    const { lease, openings, pool } = setUp({ isManual: true });
    const waiting = [lease(), lease()];
    await settle();
    await openings[0]?.fail(kind);
    expect(labelsOf(waiting)).toEqual([kind, kind]);
    const later = lease();
    await settle();
    expect([later.error?.kind, openings.length]).toEqual([kind, 1]);
    pool.forgetSite(site); // the password was mended
    const mended = lease();
    await settle();
    await openings[1]?.succeed();
    expect(mended.lease?.session.label).toBe("transfer 1");
  },
);

test("pressing Retry allows one more try of a rejected login", async () => {
  const { lease, openings, pool } = setUp({ isManual: true });
  lease();
  await settle();
  await openings[0]?.fail("login-rejected");
  pool.forgiveRejections();
  lease();
  await settle();
  expect(openings).toHaveLength(2);
});

test("a server without room lowers the limit to what works, browsing's share included; who waited goes on with fewer", async () => {
  const { lease, openings } = setUp({ isManual: true });
  const leases = [lease(), lease(), lease()];
  await settle();
  await openings[0]?.succeed();
  await openings[1]?.succeed();
  await openings[2]?.fail("too-many-connections");
  expect(labelsOf(leases)).toEqual(["transfer 1", "transfer 2", null]);
  leases[0]?.lease?.release(); // two sessions work: one for transfers, one kept for browsing
  await settle();
  expect(leases[2]?.lease).toBeNull();
  leases[1]?.lease?.release();
  await settle();
  expect([leases[2]?.lease?.session.label, openings.length]).toEqual(["transfer 2", 3]);
});

test("what a server showed it allows in an earlier run is kept to, until it is forgotten", async () => {
  const { lease, openings, ceilings } = setUp({ isManual: true });
  ceilings.note(site, 3);
  const leases = [lease(), lease(), lease()];
  await settle();
  await openings[0]?.succeed();
  await openings[1]?.succeed();
  expect(openings).toHaveLength(2); // the third is kept for browsing
  ceilings.note(site, null);
  leases[0]?.lease?.release();
  const next = lease();
  await settle();
  expect([openings.length, next.lease]).toEqual([3, null]);
});

test("how many sessions a server allows is noted when it refuses one more", async () => {
  const { lease, openings, ceilings } = setUp({ isManual: true });
  const leases = [lease(), lease(), lease()];
  await settle();
  await openings[0]?.succeed();
  await openings[1]?.succeed();
  await openings[2]?.fail("too-many-connections");
  expect([ceilings.recall(), leases.filter(({ lease: each }) => each !== null).length]).toEqual([2, 2]);
});

test("a server that refused one more is asked again later, and the session it then allows goes to whoever waits", async () => {
  const { clock, lease, browse, openings, ceilings } = setUp({ isManual: true });
  browse();
  await settle();
  await openings[0]?.succeed();
  const leases = [lease(), lease()];
  await settle();
  await openings[1]?.succeed();
  await openings[2]?.fail("too-many-connections");
  await clock.pass(29_999);
  expect([ceilings.recall(), openings.length]).toEqual([2, 3]);
  await clock.pass(1);
  await openings[3]?.succeed();
  expect([ceilings.recall(), leases.every(({ lease: each }) => each !== null)]).toEqual([3, true]);
});

test("a server without room for the very first session says so", async () => {
  const { lease, openings } = setUp({ isManual: true });
  const first = lease();
  await settle();
  await openings[0]?.fail("too-many-connections");
  expect(first.error?.kind).toBe("too-many-connections");
});

test("a server that cannot be reached is asked once for all who wait", async () => {
  const { lease, openings } = setUp({ isManual: true });
  const waiting = [lease(), lease(), lease()];
  await settle();
  await openings[0]?.fail("connection-refused");
  expect([labelsOf(waiting), openings.length]).toEqual([Array(3).fill("connection-refused"), 1]);
});

test("where one session is all, browsing steps aside for a transfer and goes first when it wants back", async () => {
  const { lease, browse } = setUp({ limit: 1 });
  let wanted = 0;
  const browsing = browse(() => {
    wanted++;
  });
  await settle();
  const transfer = lease();
  await settle();
  expect([wanted > 0, transfer.lease]).toEqual([true, null]);
  browsing.lease?.release();
  await settle();
  expect(transfer.lease?.session.label).toBe("transfer 1");
  const [nextTransfer, back] = [lease(), browse()];
  await settle();
  expect([back.lease, nextTransfer.lease]).toEqual([null, null]);
  transfer.lease?.release();
  await settle();
  expect([back.lease?.session.label, nextTransfer.lease]).toEqual(["browse 1", null]);
});

test("a full server gives a browsing connection the next session that is free", async () => {
  const { lease, browse, openings } = setUp({ isManual: true });
  const transfers = [lease(), lease()];
  await settle();
  await openings[0]?.succeed();
  await openings[1]?.succeed();
  const browsing = browse();
  await settle();
  await openings[2]?.fail("too-many-connections");
  expect(browsing.error).toBeNull();
  transfers[0]?.lease?.release();
  await settle();
  await openings[3]?.succeed();
  expect(browsing.lease?.session.label).toBe("browse 1");
});

test("a change of the site closes warm sessions and does not lend the old ones again", async () => {
  const { lease, pool, server, opened } = setUp();
  const [warm, lent] = [lease(), lease()];
  await settle();
  warm.lease?.release();
  pool.forgetSite(site);
  await settle();
  expect(server.openCount()).toBe(1);
  lent.lease?.release();
  await settle();
  expect(server.openCount()).toBe(0);
  const fresh = lease();
  await settle();
  expect([fresh.lease?.session.isUsable, opened.length]).toEqual([true, 3]);
});

test("closing ends every session, rejects who waits and leaves no timer", async () => {
  const { lease, browse, pool, server, clock } = setUp({ limit: 3 });
  const [one, two] = [lease(), lease()];
  browse();
  await settle();
  const waiting = lease();
  one.lease?.release();
  await settle();
  two.lease?.release();
  await pool.close();
  await settle();
  expect([server.openCount(), clock.timers()]).toEqual([0, 0]);
  expect(waiting.lease !== null || waiting.error?.kind === "cancelled").toBe(true);
  expect((await lease().promise.catch((error: AppError) => error.kind)) as unknown).toBe("cancelled");
});

test("a spare session is a warm one or a new one, as long as the limit has room", async () => {
  const { lease, spare, opened } = setUp({ limit: 4 });
  const [first, second] = [lease(), lease()];
  await settle();
  second.lease?.release();
  const spares = [spare(), spare(), spare()];
  await settle();
  expect(labelsOf(spares)).toEqual(["transfer 2", "transfer 3", null]);
  expect([opened.length, first.lease === null]).toEqual([3, false]);
});

test("nobody gets a spare session while somebody waits for his first one", async () => {
  const { lease, spare } = setUp({ limit: 2 });
  const [first, second] = [lease(), lease()];
  await settle();
  const refused = spare();
  await settle();
  expect([labelsOf([first, second]), refused.lease]).toEqual([["transfer 1", null], null]);
});

test("a spare session is asked back, once, when somebody waits, and goes to him", async () => {
  const { lease, spare } = setUp({ limit: 3 });
  const first = lease();
  await settle();
  let asked = 0;
  const more = spare(() => {
    asked += 1;
  });
  await settle();
  expect([more.lease?.session.label, asked]).toEqual(["transfer 2", 0]);
  const second = lease();
  await settle();
  expect([second.lease, asked]).toEqual([null, 1]);
  more.lease?.release();
  await settle();
  expect([second.lease?.session.label, asked, first.lease === null]).toEqual(["transfer 2", 1, false]);
});

test("a spare login that fails, or comes too late, harms nobody", async () => {
  const { lease, spare, openings } = setUp({ isManual: true });
  const first = lease();
  await settle();
  await openings[0]?.succeed();
  const refused = spare();
  await settle();
  await openings[1]?.fail("too-many-connections");
  expect([refused.lease, refused.error]).toEqual([null, null]);
  first.lease?.release();
  const again = lease();
  await settle();
  expect(labelsOf([again])).toEqual(["transfer 1"]);

  const abort = new AbortController();
  const { lease: leaseOther, spare: spareOther, openings: others } = setUp({ isManual: true });
  leaseOther();
  await settle();
  await others[0]?.succeed();
  const late = spareOther(() => {}, abort.signal);
  await settle();
  abort.abort();
  await settle();
  await others[1]?.succeed();
  expect(late.error?.kind).toBe("cancelled");
  const next = leaseOther();
  await settle();
  expect(labelsOf([next])).toEqual(["transfer 2"]);
});
