import { automaticTransfers, type Settings } from "../../../shared/models/settings.ts";
import type { TransferKind } from "../../../shared/models/transfer.ts";
import type { Clock } from "../ports.ts";
import type { Pace } from "./pace.ts";
import { isLarge, largeFileBytes, mostLargeFiles } from "./policies/sharedSlots.ts";
import type { Run, Runs } from "./runs.ts";
import { sitesInTurn } from "./siteTurns.ts";
import type { QueueStore } from "./store/queueStore.ts";
import type { BegunFacts, SiteKey } from "./store/rowLife.ts";
import type { TransferRow } from "./transferRow.ts";
import type { Outages } from "./waiting/outages.ts";

export type ClaimParts = {
  readonly store: Pick<QueueStore, "sitesWithQueued" | "nextQueued" | "nextSmall" | "apply" | "claimBegun" | "order">;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly outages: Pick<Outages, "mayBegin">;
  readonly pace: Pick<Pace, "limit">;
  readonly runs: Runs;
  /** What `begin` will have to write of a try, where nothing has to be asked to know it; null: that is found out. */
  readonly foresee: (row: TransferRow) => BegunFacts | null;
};

export type Claims = {
  /** Claims everything that may run now. It begins when that is committed, not before. */
  readonly claimAll: () => readonly Run[];
  /** More files are queued than may run: whoever has sent one will most likely get another. */
  readonly hasMore: () => boolean;
  /** A transfer has ended: what its target kept from running may run. */
  readonly noteEnd: () => void;
};

/** Decides which rows run next, and writes that down. */
export function createClaims({ store, clock, settings, outages, pace, runs, foresee }: ClaimParts): Claims {
  /** Rows whose target another transfer is writing to just now. */
  const blocked = new Set<number>();
  let lastSiteNo = 0;
  let hasMore = false;

  function claimAll(): readonly Run[] {
    const claimed: Run[] = [];
    hasMore = true;
    for (let free = mostAtOnce() - runs.count("file"); hasMore && free > 0; ) {
      const next = claimNextFiles(free);
      hasMore = next.length > 0;
      free -= next.length;
      claimed.push(...next);
    }
    // One folder per site beside them: what it finds can be transferred while it is still being read.
    for (const site of awakeSites("folder")) {
      if (!isExpanding(site)) claimed.push(...claimNext(site, "folder", 1));
    }
    return claimed;
  }

  function mostAtOnce(): number {
    const { maxTransfers } = settings();
    return maxTransfers === automaticTransfers ? pace.limit() : maxTransfers;
  }

  /** As many as there is room for, while only one site has files: others take turns, one by one. */
  function claimNextFiles(room: number): readonly Run[] {
    const priorityOf = ({ no }: SiteKey) => store.order.priorityOfNext(no, "file");
    const sites = awakeSites("file");
    for (const site of sitesInTurn(sites, lastSiteNo, priorityOf)) {
      const most = sites.length === 1 && !isTriedAlone(site) ? room : 1;
      const claimed = claimNextSmall(site) ?? claimNext(site, "file", most);
      if (claimed.length === 0) continue;
      lastSiteNo = site.no;
      return claimed;
    }
    return [];
  }

  function awakeSites(kind: TransferKind): readonly SiteKey[] {
    return store.sitesWithQueued(kind).filter(({ id }) => outages.mayBegin(id, () => runs.countOfSite(id)));
  }

  /** While nobody knows whether the site is back, one goes ahead: with it, no more may begin. */
  function isTriedAlone({ id }: SiteKey): boolean {
    return !outages.mayBegin(id, () => 1);
  }

  /** Where large files have their share of the slots, small ones pass them. */
  function claimNextSmall(site: SiteKey): readonly Run[] | null {
    if (!isShareTaken()) return null;
    const priority = store.order.priorityOfNext(site.no, "file");
    for (;;) {
      const row = store.nextSmall(site.no, priority, largeFileBytes, cannotRun());
      if (row === null) return null;
      const run = claim(row);
      if (run !== null) return [run];
    }
  }

  /** At most so many, and one at least: as far as large files have not taken their share by then. */
  function claimNext(site: SiteKey, kind: TransferKind, most: number): readonly Run[] {
    for (;;) {
      const rows = store.nextQueued(site.no, kind, cannotRun(), most);
      const claimed: Run[] = [];
      for (const row of rows) {
        if (claimed.length > 0 && isLarge(row) && isShareTaken()) break;
        const run = claim(row);
        if (run !== null) claimed.push(run);
      }
      if (rows.length === 0 || claimed.length > 0) return claimed;
    }
  }

  function isShareTaken(): boolean {
    return runs.countLarge() >= mostLargeFiles(mostAtOnce());
  }

  function cannotRun(): readonly number[] {
    return [...runs.ids(), ...blocked];
  }

  function claim(row: TransferRow): Run | null {
    const foreseen = foresee(row);
    const run = runs.add(row, foreseen);
    if (run === null) blocked.add(row.id);
    else if (writeClaim(row, foreseen)) return run;
    else runs.remove(row.id);
    return null;
  }

  function writeClaim(row: TransferRow, foreseen: BegunFacts | null): boolean {
    const startedMs = row.startedMs ?? clock.now();
    return foreseen === null
      ? store.apply(row.id, "claim", { startedMs })
      : store.claimBegun(row.id, startedMs, foreseen);
  }

  function isExpanding(site: SiteKey): boolean {
    return runs.all().some(({ row }) => row.kind === "folder" && row.siteNo === site.no);
  }

  return { claimAll, hasMore: () => hasMore, noteEnd: () => blocked.clear() };
}
