import type { AppError } from "../../../shared/errors/appError.ts";
import type { Lease } from "./lease.ts";
import type { RemoteSession } from "./remoteSession.ts";

export type Waiter = { readonly resolve: (lease: Lease) => void; readonly reject: (error: AppError) => void };
export type BrowsingWaiter = Waiter & {
  readonly onWanted: () => void;
  readonly abort: AbortController;
  isOpening: boolean;
};
export type Warm = { readonly session: RemoteSession; readonly forget: () => void };
/** What is open, lent and waited for at one site. */
export type SitePool = {
  readonly siteId: string;
  readonly waiters: Waiter[];
  readonly browsingWaiters: BrowsingWaiter[];
  readonly lent: Set<RemoteSession>;
  readonly browsing: Map<RemoteSession, () => void>;
  /** How to ask back those of the lent ones that their holders could do without. */
  readonly spares: Map<RemoteSession, () => void>;
  idle: Warm[];
  readonly openings: Set<AbortController>;
  closing: number;
  /** What the server has shown it allows, in this run. */
  ceiling: number;
  /** A login has worked: until then they are tried one at a time, so that a wrong password is sent once. */
  isProven: boolean;
  /** The login the server refused. It is never repeated by itself: many servers lock the account. */
  rejection: AppError | null;
  /** Sessions of an older generation are not lent again. */
  generation: number;
};

export function newSite(siteId: string): SitePool {
  return {
    siteId,
    waiters: [],
    browsingWaiters: [],
    lent: new Set(),
    browsing: new Map(),
    spares: new Map(),
    idle: [],
    openings: new Set(),
    closing: 0,
    ceiling: Number.POSITIVE_INFINITY,
    isProven: false,
    rejection: null,
    generation: 0,
  };
}
