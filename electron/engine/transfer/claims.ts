import { automaticTransfers, type Settings } from "../../../shared/models/settings.ts";
import type { TransferKind } from "../../../shared/models/transfer.ts";
import type { Clock } from "../ports.ts";
import type { Pace } from "./pace.ts";
import type { Run, Runs } from "./runs.ts";
import { sitesInTurn } from "./siteTurns.ts";
import type { QueueStore } from "./store/queueStore.ts";
import type { SiteKey } from "./store/rowLife.ts";
import type { Outages } from "./waiting/outages.ts";

export type ClaimParts = {
  readonly store: Pick<QueueStore, "sitesWithQueued" | "nextQueued" | "apply" | "order">;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly outages: Pick<Outages, "mayBegin">;
  readonly pace: Pick<Pace, "limit">;
  readonly runs: Runs;
};

export type Claims = {
  /** Claims everything that may run now. It begins when that is committed, not before. */
  readonly claimAll: () => readonly Run[];
  /** A transfer has ended: what its target kept from running may run. */
  readonly noteEnd: () => void;
};

/** Decides which rows run next, and writes that down. */
export function createClaims({ store, clock, settings, outages, pace, runs }: ClaimParts): Claims {
  /** Rows whose target another transfer is writing to just now. */
  const blocked = new Set<number>();
  let lastSiteNo = 0;

  function claimAll(): readonly Run[] {
    const claimed: Run[] = [];
    while (runs.count("file") < mostAtOnce()) {
      const run = claimNextFile();
      if (run === null) break;
      claimed.push(run);
    }
    // One folder per site beside them: what it finds can be transferred while it is still being read.
    for (const site of awakeSites("folder")) {
      const run = isExpanding(site) ? null : claimNext(site, "folder");
      if (run !== null) claimed.push(run);
    }
    return claimed;
  }

  function mostAtOnce(): number {
    const { maxTransfers } = settings();
    return maxTransfers === automaticTransfers ? pace.limit() : maxTransfers;
  }

  function claimNextFile(): Run | null {
    const priorityOf = ({ no }: SiteKey) => store.order.priorityOfNext(no, "file");
    for (const site of sitesInTurn(awakeSites("file"), lastSiteNo, priorityOf)) {
      const run = claimNext(site, "file");
      if (run === null) continue;
      lastSiteNo = site.no;
      return run;
    }
    return null;
  }

  function awakeSites(kind: TransferKind): readonly SiteKey[] {
    return store.sitesWithQueued(kind).filter(({ id }) => outages.mayBegin(id, () => runs.countOfSite(id)));
  }

  function claimNext(site: SiteKey, kind: TransferKind): Run | null {
    for (;;) {
      const row = store.nextQueued(site.no, kind, [...runs.ids(), ...blocked]);
      if (row === null) return null;
      const run = runs.add(row);
      if (run === null) blocked.add(row.id);
      else if (store.apply(row.id, "claim", { startedMs: row.startedMs ?? clock.now() })) return run;
      else runs.remove(row.id);
    }
  }

  function isExpanding(site: SiteKey): boolean {
    return runs.all().some(({ row }) => row.kind === "folder" && row.siteNo === site.no);
  }

  return { claimAll, noteEnd: () => blocked.clear() };
}
