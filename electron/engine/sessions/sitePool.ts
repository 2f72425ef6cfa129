import type { AppError } from "../../../shared/errors/appError.ts";
import { cancelled, onAbort } from "../util/cancel.ts";
import type { Lease } from "./lease.ts";
import type { RemoteSession } from "./remoteSession.ts";
import type { WarmSessions } from "./warmSessions.ts";

export type Waiter = { readonly resolve: (lease: Lease) => void; readonly reject: (error: AppError) => void };
export type BrowsingWaiter = Waiter & {
  readonly onWanted: () => void;
  readonly abort: AbortController;
  isOpening: boolean;
};
/** What is open, lent and waited for at one site. */
export type SitePool = {
  readonly siteId: string;
  readonly waiters: Waiter[];
  readonly browsingWaiters: BrowsingWaiter[];
  readonly lent: Set<RemoteSession>;
  readonly browsing: Map<RemoteSession, () => void>;
  /** How to ask back those of the lent ones that their holders could do without. */
  readonly spares: Map<RemoteSession, () => void>;
  readonly idle: WarmSessions;
  readonly openings: Set<AbortController>;
  closing: number;
  /** A login has worked: until then they are tried one at a time, so that a wrong password is sent once. */
  isProven: boolean;
  /** The login the server refused. It is never repeated by itself: many servers lock the account. */
  rejection: AppError | null;
  /** Sessions of an older generation are not lent again. */
  generation: number;
};

export function newSite(siteId: string, idle: WarmSessions): SitePool {
  return {
    siteId,
    waiters: [],
    browsingWaiters: [],
    lent: new Set(),
    browsing: new Map(),
    spares: new Map(),
    idle,
    openings: new Set(),
    closing: 0,
    isProven: false,
    rejection: null,
    generation: 0,
  };
}

/** `lease` settles as the waiter is told. When the signal fires first, which it has not yet, `leave` is called and it rejects with `cancelled`. */
export function standInLine(
  signal: AbortSignal,
  leave: () => void,
): { readonly waiter: Waiter; readonly lease: Promise<Lease> } {
  const { promise, resolve, reject } = Promise.withResolvers<Lease>();
  const stopListening = onAbort(signal, () => {
    leave();
    reject(cancelled());
  });
  const waiter: Waiter = {
    resolve: (lease) => {
      stopListening();
      resolve(lease);
    },
    reject: (error) => {
      stopListening();
      reject(error);
    },
  };
  return { waiter, lease: promise };
}
