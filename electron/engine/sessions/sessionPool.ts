import { type AppError, toAppError } from "../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../shared/errors/errorKind.ts";
import { policyOf } from "../../../shared/errors/policy.ts";
import type { Clock } from "../ports.ts";
import { cancelled, waitWith } from "../util/cancel.ts";
import { type CeilingMemory, keepCeilings } from "./ceilings.ts";
import { createLabels } from "./labels.ts";
import type { Lease, LeaseSpare } from "./lease.ts";
import type { RemoteSession } from "./remoteSession.ts";
import { type BrowsingWaiter, newSite, type SitePool, standInLine } from "./sitePool.ts";
import { createWarmSessions } from "./warmSessions.ts";

/**
 * Sessions by site, lent one holder at a time and kept warm between loans.
 *
 * Who holds a lease never asks for another: two holders waiting for each other would wait for ever (law 3). Every site keeps one
 * session free for browsing (law 9). A wait that is given up gives back what arrives late (law 4).
 */
export type SessionPool = {
  /** A session for transfers, first come first served. Rejects with AppError; `cancelled` when the signal fires. */
  readonly lease: (siteId: string, signal: AbortSignal) => Promise<Lease>;
  /** A session more for who holds one already, out of what nobody needs. */
  readonly leaseSpare: LeaseSpare;
  /**
   * The session of a browsing connection; goes before all transfers. `onWanted` asks to release it as soon as nobody needs it,
   * on a server that allows a single session in all.
   */
  readonly leaseForBrowsing: (siteId: string, onWanted: () => void, signal: AbortSignal) => Promise<Lease>;
  /** Address, user, password or limit changed: what was learnt about the site is forgotten, warm sessions are closed. */
  readonly forgetSite: (siteId: string) => void;
  /** A line of this site has broken: whatever broke it may have broken the sessions that nobody uses just now. A new login tells. */
  readonly distrustIdle: (siteId: string) => void;
  /** The user asks to try again: rejected logins may be tried once more. */
  readonly forgiveRejections: () => void;
  /** Closes every session, the lent ones included: their holders come first. */
  readonly close: () => Promise<void>;
};

export type SessionPoolParts = {
  readonly open: (siteId: string, label: string, signal: AbortSignal) => Promise<RemoteSession>;
  /** Sessions the user allows, browsing included. */
  readonly limitOf: (siteId: string) => number;
  readonly ceilings: CeilingMemory;
  readonly clock: Clock;
};

/** A second try by itself could lock an account. */
const rejections: ReadonlySet<ErrorKind> = new Set(["login-rejected", "proxy-login-rejected", "account-required"]);

export function createSessionPool(parts: SessionPoolParts): SessionPool {
  const { open, limitOf, clock } = parts;
  const sites = new Map<string, SitePool>();
  const ceilings = keepCeilings(parts.ceilings, clock, (siteId) => pump(find(siteId)));
  const labels = createLabels();
  const closings = new Set<Promise<void>>();
  const logins = new Set<Promise<void>>();
  let isClosed = false;

  const find = (siteId: string): SitePool => {
    const idle = () => createWarmSessions(clock, (session) => closeSession(site, session));
    const site = sites.get(siteId) ?? newSite(siteId, idle());
    sites.set(siteId, site);
    return site;
  };

  const limit = (site: SitePool) => Math.max(1, Math.min(limitOf(site.siteId), ceilings.limitOf(site.siteId)));
  const standing = (site: SitePool) => site.lent.size + site.idle.count() + site.browsing.size;
  const browsingCount = (site: SitePool) => site.browsing.size + site.browsingWaiters.filter((w) => w.isOpening).length;
  const transferCount = (site: SitePool) => site.lent.size + site.idle.count() + site.openings.size + site.closing;
  const transferLimit = (site: SitePool) => {
    const all = limit(site);
    return all > 1 ? all - 1 : browsingCount(site) > 0 || site.browsingWaiters.length > 0 ? 0 : 1;
  };
  const mayLogIn = (site: SitePool) =>
    site.isProven || (site.openings.size === 0 && !site.browsingWaiters.some((waiter) => waiter.isOpening));

  const closeSession = (site: SitePool, session: RemoteSession) => {
    site.closing++;
    const closed = session.close().finally(() => {
      labels.giveBack(session.label);
      closings.delete(closed);
      site.closing--;
      pump(site);
    });
    closings.add(closed);
  };

  const giveBack = (site: SitePool, session: RemoteSession, generation: number) => {
    if (!isClosed && session.isUsable && generation === site.generation) site.idle.keep(session);
    else closeSession(site, session);
    pump(site);
  };

  const lend = (site: SitePool, session: RemoteSession): Lease => {
    const { generation } = site;
    let isReleased = false;
    site.lent.add(session);
    return {
      session,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        site.lent.delete(session);
        site.spares.delete(session);
        giveBack(site, session, generation);
      },
    };
  };

  const rejectAll = (site: SitePool, error: AppError) => {
    for (const waiter of site.waiters.splice(0)) waiter.reject(error);
  };

  /** A login failed. Returns whether who asked should wait for a free session instead of hearing of it. */
  const learnFromFailure = (site: SitePool, error: AppError): "wait" | "reject" => {
    const others = standing(site);
    if (error.kind === "too-many-connections" && others > 0) {
      ceilings.noteRefused(site.siteId, others);
      return "wait";
    }
    if (rejections.has(error.kind)) site.rejection = error;
    // What ails the site ails all who wait for it: asking once for each of them would only repeat it.
    const isOfTheSite = policyOf[error.kind].retry === "no" || others === 0;
    if (isOfTheSite && error.kind !== "cancelled") rejectAll(site, error);
    return "reject";
  };

  const openForTransfer = async (site: SitePool) => {
    const abort = new AbortController();
    const { generation } = site;
    const label = labels.take("transfer");
    site.openings.add(abort);
    try {
      const session = await open(site.siteId, label, abort.signal);
      site.openings.delete(abort);
      site.isProven = generation === site.generation;
      ceilings.noteStanding(site.siteId, standing(site) + 1);
      giveBack(site, session, generation); // to whoever waits first; late arrivals stay warm for the next
    } catch (thrown) {
      const error = toAppError(thrown);
      site.openings.delete(abort);
      labels.giveBack(label);
      if (learnFromFailure(site, error) === "reject" && !abort.signal.aborted) site.waiters.shift()?.reject(error);
      pump(site);
    }
  };

  const openForBrowsing = async (site: SitePool, waiter: BrowsingWaiter) => {
    waiter.isOpening = true;
    const label = labels.take("browse");
    const leave = () => site.browsingWaiters.splice(site.browsingWaiters.indexOf(waiter), 1);
    try {
      const session = await open(site.siteId, label, waiter.abort.signal);
      leave();
      site.isProven = true;
      site.rejection = null;
      let isReleased = false;
      const release = () => {
        if (isReleased) return;
        isReleased = true;
        site.browsing.delete(session);
        closeSession(site, session);
      };
      site.browsing.set(session, waiter.onWanted);
      ceilings.noteStanding(site.siteId, standing(site));
      if (isClosed || waiter.abort.signal.aborted) release();
      else waiter.resolve({ session, release });
    } catch (thrown) {
      const error = toAppError(thrown);
      labels.giveBack(label);
      waiter.isOpening = false;
      const answer = learnFromFailure(site, error);
      if (answer === "reject" || site.lent.size + site.idle.count() === 0) {
        leave();
        waiter.reject(error);
      }
    }
    pump(site);
  };

  /** Whether one more session may be opened; a warm one that nobody uses is closed for it. */
  const hasRoom = (site: SitePool) => {
    if (transferCount(site) + browsingCount(site) < limit(site)) return true;
    if (site.closing === 0) site.idle.dropColdest(); // comes back here when it is closed
    return false;
  };

  /** Lets a login run, and lets `close` wait for its end. */
  const logIn = (work: Promise<void>) => {
    logins.add(work);
    const forget = () => logins.delete(work);
    work.then(forget, forget);
  };

  /** Gives what is free to whoever waits. */
  const pump = (site: SitePool) => {
    if (isClosed) return;
    for (const waiter of site.browsingWaiters) {
      if (!waiter.isOpening && mayLogIn(site) && hasRoom(site)) logIn(openForBrowsing(site, waiter));
    }
    for (let waiter = site.waiters[0]; waiter; waiter = site.waiters[0]) {
      const session = transferLimit(site) > site.lent.size ? site.idle.take() : null;
      if (!session) break;
      site.waiters.shift();
      waiter.resolve(lend(site, session));
    }
    while (site.openings.size < site.waiters.length && mayLogIn(site) && transferCount(site) < transferLimit(site)) {
      logIn(openForTransfer(site));
    }
    askBackSpares(site);
    if (site.waiters.length > 0 && limit(site) === 1) for (const onWanted of site.browsing.values()) onWanted();
  };

  /** Whoever waits goes before who has one already. */
  const askBackSpares = (site: SitePool) => {
    const missing = Math.max(site.waiters.length - site.openings.size, 0);
    for (const [session, onWanted] of [...site.spares].slice(0, missing)) {
      site.spares.delete(session); // asked once
      onWanted();
    }
  };

  /** One more session, warm or new, when the limit has room for it. Not through the waiting line: who holds a lease never stands there. */
  const lendSpare = async (site: SitePool, onWanted: () => void, signal: AbortSignal): Promise<Lease | null> => {
    const isRefused = () => isClosed || signal.aborted || site.waiters.length > 0 || site.rejection !== null;
    if (isRefused()) return null;
    const mayOpen = site.idle.count() === 0 && mayLogIn(site) && transferCount(site) < transferLimit(site);
    if (mayOpen) {
      const opening = openForTransfer(site);
      logIn(opening);
      await waitWith(opening, signal);
    }
    const session = isRefused() || transferLimit(site) <= site.lent.size ? null : site.idle.take();
    if (session === null) return null;
    site.spares.set(session, onWanted);
    return lend(site, session);
  };

  return {
    leaseSpare: (siteId, onWanted, signal) => lendSpare(find(siteId), onWanted, signal),
    lease: (siteId, signal) => {
      const site = find(siteId);
      if (signal.aborted || isClosed) return Promise.reject(cancelled());
      if (site.rejection) return Promise.reject(site.rejection);
      const { waiter, lease } = standInLine(signal, () => {
        site.waiters.splice(site.waiters.indexOf(waiter), 1);
        // Nobody is left for the newest login: a question it asks the user goes away with it.
        if (site.openings.size > site.waiters.length) [...site.openings].at(-1)?.abort();
      });
      site.waiters.push(waiter);
      pump(site);
      return lease;
    },
    leaseForBrowsing: (siteId, onWanted, signal) => {
      const site = find(siteId);
      if (signal.aborted || isClosed) return Promise.reject(cancelled());
      const abort = new AbortController();
      const { waiter: inLine, lease } = standInLine(signal, () => {
        abort.abort();
        if (!waiter.isOpening) site.browsingWaiters.splice(site.browsingWaiters.indexOf(waiter), 1);
      });
      const waiter: BrowsingWaiter = { ...inLine, onWanted, abort, isOpening: false };
      site.browsingWaiters.push(waiter);
      pump(site);
      return lease;
    },
    forgetSite: (siteId) => {
      const site = find(siteId);
      site.generation++;
      site.rejection = null;
      site.isProven = false;
      ceilings.forget(siteId);
      site.idle.dropAll();
      pump(site);
    },
    distrustIdle: (siteId) => find(siteId).idle.dropAll(),
    forgiveRejections: () => {
      for (const site of sites.values()) site.rejection = null;
    },
    close: async () => {
      isClosed = true;
      ceilings.close();
      for (const site of sites.values()) {
        rejectAll(site, cancelled("Portside is closing"));
        for (const opening of site.openings) opening.abort();
        for (const waiter of site.browsingWaiters) {
          waiter.abort.abort();
          waiter.reject(cancelled("Portside is closing"));
        }
        site.idle.dropAll();
        for (const session of [...site.lent, ...site.browsing.keys()]) closeSession(site, session);
      }
      while (logins.size + closings.size > 0) await Promise.all([...logins, ...closings]);
    },
  };
}
