import type { SiteSettings } from "../../../shared/models/site.ts";
import { rememberFolderPlaces } from "../local/folderPlaces.ts";
import type { NamePlatform } from "../local/localNames.ts";
import type { MappedNames } from "../local/mappedNames.ts";
import type { WholeFileDisk } from "../local/wholeFileDisk.ts";
import { wholeFileBytes } from "../local/wholeFiles.ts";
import type { LeaseSession } from "../sessions/lease.ts";
import { throwIfCancelled } from "../util/cancel.ts";
import type { LeaseSpareSession } from "./download/fetchSegments.ts";
import type { Digests } from "./evidence/digests.ts";
import { expandFolder } from "./expandFolder.ts";
import { foreseeBegin, isForeseen } from "./foreseenBegin.ts";
import { rememberReadyFolders } from "./plan/readyFolders.ts";
import type { ConflictRules } from "./policies/conflictRules.ts";
import { goesAsText } from "./policies/textFiles.ts";
import type { Run } from "./runs.ts";
import type { SettleParts } from "./settleTry.ts";
import type { NewTransfer } from "./store/arrivals.ts";
import type { BegunFacts } from "./store/rowLife.ts";
import type { Outcome } from "./transferOutcome.ts";
import type { TransferRow } from "./transferRow.ts";
import { rememberMadeFolders } from "./upload/madeFolders.ts";
import { rememberTargetFolders, type TargetFolders } from "./upload/targetFolders.ts";
import { keepTemporaryNames, type RenameMemory, type TemporaryNames } from "./upload/temporaryNames.ts";
import type { ProgressHub } from "./views/progressHub.ts";
import { tryTransfer } from "./worker.ts";

/** What tries are made with. */
export type TryTools = {
  readonly lease: LeaseSession;
  /** Sessions more for large downloads of a site; null: they come over one. */
  readonly sparesOf: (siteId: string) => LeaseSpareSession | null;
  readonly rules: ConflictRules;
  readonly progress: ProgressHub;
  readonly disk: WholeFileDisk;
  readonly digests: Digests;
  readonly wishesOf: (siteId: string) => Pick<SiteSettings, "evidence" | "uploadsUnderTemporaryName">;
  readonly renamesOf: (siteId: string) => RenameMemory;
  readonly platform: NamePlatform;
  readonly mappedNames: MappedNames;
  readonly toWire: (siteId: string, text: string) => string;
};

export type TriesParts = TryTools &
  Pick<SettleParts, "store" | "clock" | "settings" | "log" | "displayPath"> & {
    /** Another file will most likely follow on the same session. */
    readonly isFollowed: () => boolean;
    /** A session of this site has been lent. */
    readonly onReached: (siteId: string) => void;
    /** Runs `change` in the commit of this turn. */
    readonly commit: (change: () => void) => Promise<void>;
    /** Bytes have come to lie at a target since the last call. */
    readonly onMoved: (bytes: number) => void;
    /** Now and then while bytes move. */
    readonly onCheckpoint: () => void;
    /** Rows have been added. */
    readonly onAdded: () => void;
  };

export type Tried = {
  readonly outcome: Outcome;
  /** Which of the ordered conflict rules counted for it. */
  readonly rule: string | null;
  /** What was foreseen has happened, or was replaced by what did. */
  readonly hasBegun: boolean;
};

export type Tries = {
  /** One try of a transfer. Never rejects because of the transfer: that is its outcome. */
  readonly tryRow: (run: Pick<Run, "row" | "foreseen" | "signal">) => Promise<Tried>;
  readonly foresee: (row: TransferRow) => BegunFacts | null;
};

const checkpointMs = 1_000;

/** Tries transfers, with what is remembered from one to the next. */
export function createTries(parts: TriesParts): Tries {
  const { store, clock, settings, progress, log, commit, onMoved } = parts;
  const places = rememberFolderPlaces(clock.now);
  const madeFolders = rememberMadeFolders();
  const readyFolders = rememberReadyFolders();
  const targetsOfSite = new Map<string, TargetFolders>();
  const namesOfSite = new Map<string, TemporaryNames>();

  const leaseFor = (row: TransferRow) => async (until: AbortSignal) => {
    const held = await parts.lease(row.siteId, until);
    parts.onReached(row.siteId);
    progress.setSession(row.id, held.session.label);
    return held;
  };

  async function tryFolder(row: TransferRow, signal: AbortSignal): Promise<Tried> {
    const openPlace = (source: string, target: string) => openChildren(row, store.openPlace(row, source, target));
    const tools = {
      lease: leaseFor(row),
      targets: targetsFor(row.siteId),
      madeFolders,
      readyFolders,
      platform: parts.platform,
      mappedNames: parts.mappedNames,
      toWire: (text: string) => parts.toWire(row.siteId, text),
      openPlace,
    };
    return { outcome: await expandFolder(row, tools, signal), rule: null, hasBegun: true };
  }

  function foresee(row: TransferRow): BegunFacts | null {
    const isSmall = row.size !== null && row.size <= wholeFileBytes;
    const goesWhole = isSmall && parts.disk.isUp() && !goesAsText(row, settings()); // a large file starts no thread for small ones
    return foreseeBegin(row, { madeFolders, targets: targetsFor(row.siteId), goesWhole });
  }

  async function tryFile(row: TransferRow, foreseen: BegunFacts | null, signal: AbortSignal): Promise<Tried> {
    let hasBegun = foreseen === null;
    progress.begin(row.id, row.direction, row.size, row.bytesDone);
    let checkpointAtMs = clock.now() + checkpointMs;
    const isText = goesAsText(row, settings());
    const rule = parts.rules.ruleFor(row);
    let movedTo = row.bytesDone;
    const tools = {
      isText,
      lease: leaseFor(row),
      leaseSpare: parts.sparesOf(row.siteId),
      clock,
      targets: targetsFor(row.siteId),
      places,
      madeFolders,
      readyFolders,
      rule: rule.action,
      settings: settings(),
      displayPath: (path: string) => parts.displayPath(row.siteId, path),
      disk: parts.disk,
      digests: parts.digests,
      evidence: parts.wishesOf(row.siteId).evidence,
      temporaryNames: temporaryNamesFor(row.siteId),
      say: log.status,
      isFollowed: parts.isFollowed,
      foreseen,
      begin: async (facts: BegunFacts) => {
        if (!isForeseen(row, foreseen, facts)) await commit(() => store.begin(row.id, facts, isText));
        throwIfCancelled(signal);
        hasBegun = true;
        progress.setSize(row.id, facts.size);
      },
      onBytesDone: (bytesDone: number) => {
        progress.setBytesDone(row.id, bytesDone);
        onMoved(bytesDone - movedTo);
        movedTo = bytesDone;
        if (clock.now() < checkpointAtMs) return;
        checkpointAtMs = clock.now() + checkpointMs;
        store.checkpoint(row.id, bytesDone);
        parts.onCheckpoint();
      },
    };
    const outcome = await tryTransfer(row, tools, signal);
    progress.end(row.id);
    return { outcome, rule: rule.by, hasBegun };
  }

  function openChildren(folder: TransferRow, placeId: number) {
    return {
      names: () => store.namesIn(placeId),
      add: (children: readonly NewTransfer[]) => {
        store.addChildren(folder, placeId, children, clock.now());
        parts.onAdded();
      },
    };
  }

  function targetsFor(siteId: string): TargetFolders {
    const known = targetsOfSite.get(siteId) ?? rememberTargetFolders(clock);
    targetsOfSite.set(siteId, known);
    return known;
  }

  function temporaryNamesFor(siteId: string): TemporaryNames {
    const wish = () => parts.wishesOf(siteId).uploadsUnderTemporaryName;
    const known = namesOfSite.get(siteId) ?? keepTemporaryNames(parts.renamesOf(siteId), wish);
    namesOfSite.set(siteId, known);
    return known;
  }

  return {
    tryRow: ({ row, foreseen, signal }) =>
      row.kind === "folder" ? tryFolder(row, signal) : tryFile(row, foreseen, signal),
    foresee,
  };
}
