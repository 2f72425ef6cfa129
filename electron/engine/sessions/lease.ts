import type { RemoteSession } from "./remoteSession.ts";

/**
 * One session, lent to one user at a time. Who holds a lease never asks for another (two holders waiting for each other would wait
 * for ever). `release` may be called once the last operation has settled; a session that is no longer usable is given back the same way.
 */
export type Lease = { readonly session: RemoteSession; readonly release: () => void };

/**
 * Lends one session more to who holds a lease already: a warm one, or a new one where the limit has room and nobody waits; null when there
 * is none to be had. It never waits for another holder to let go, so no two can wait for each other. `onWanted`: somebody without any
 * session waits now; release it soon. Rejects with `cancelled` when the signal fires.
 */
export type LeaseSpare = (siteId: string, onWanted: () => void, signal: AbortSignal) => Promise<Lease | null>;

/** Lends a session of the site, opening one if the limit allows; rejects with AppError, kind `cancelled` when the signal fires. */
export type LeaseSession = (siteId: string, signal: AbortSignal) => Promise<Lease>;
