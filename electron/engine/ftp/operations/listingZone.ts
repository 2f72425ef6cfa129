import type { Entry } from "../../../../shared/models/entry.ts";
import { joinRemote } from "../../../../shared/models/remotePath.ts";
import type { RawEntry } from "../listing/rawEntry.ts";
import { parseModifiedReply } from "../protocol/timestamps.ts";
import { ask, type Link } from "../session/link.ts";

/** A listing on its way to who asked for it, its times put right. */
export type ZonedListing = {
  readonly take: (entries: readonly Entry[], raws: readonly RawEntry[]) => void;
  /** The listing is complete: finds out the server's time zone where that is still to do. */
  readonly settle: (signal: AbortSignal) => Promise<void>;
  /** Lets go of what is still held back; to be called in any case. */
  readonly release: () => void;
};

/** What to add to the times of a listing without time zone to get UTC; null as long as nobody knows. */
export function knownZoneMs({ zoneOffsetMinutes, learnt }: Link): number | null {
  const aheadMinutes = zoneOffsetMinutes ?? learnt.zoneOffsetMinutes;
  return aheadMinutes === null ? null : -aheadMinutes * minuteMs;
}

/**
 * LIST tells times as the server's clock shows them, MDTM in UTC (RFC 3659 §3): one file asked about tells them apart. Asked once in a session at
 * most, and never again for a server whose answer made sense. Meanwhile the rows of that one listing wait, if they are few: times that jump would
 * be worse, and a plan to transfer what is newer may hang on them. A long listing goes on as it comes, and the next one is asked about.
 */
export function zonedListing(link: Link, path: string, onEntries: (entries: readonly Entry[]) => void): ZonedListing {
  const { features, learnt } = link;
  const isKnown = knownZoneMs(link) !== null || features.has("MLST"); // MLSD is in UTC
  let held: [Entry, RawEntry][] | null = !isKnown && features.has("MDTM") && !learnt.hasAskedForZone ? [] : null;
  let correctionMs = 0;

  function release(): void {
    const rows = held ?? [];
    held = null;
    if (rows.length > 0) onEntries(rows.map(([entry, raw]) => corrected(entry, raw, correctionMs)));
  }

  return {
    take: (entries, raws) => {
      if (held === null) return onEntries(entries);
      for (const [index, entry] of entries.entries()) {
        const raw = raws[index];
        if (raw !== undefined) held.push([entry, raw]);
      }
      if (held.length > maxHeld) release();
    },
    settle: async (signal) => {
      const witness = newestWitness(held ?? []);
      if (witness === null) return;
      learnt.hasAskedForZone = true;
      const toldMs = parseModifiedReply(
        await ask(link, `MDTM ${link.paths.file(joinRemote(path, witness.wireName))}`, signal),
      );
      const aheadMinutes = toldMs === null ? null : minutesAhead(witness, toldMs);
      if (aheadMinutes === null) return;
      learnt.zoneOffsetMinutes = aheadMinutes;
      correctionMs = -aheadMinutes * minuteMs;
    },
    release,
  };
}

const minuteMs = 60_000;
const maxHeld = 1000; // a screen holds forty; more would be waited for
const quarterMs = 15 * minuteMs; // Nepal is 5:45 ahead
const maxAheadMinutes = 14 * 60; // the Line Islands

/** A file whose time has hours: the newest, because summer time was in force then as it is now. */
function newestWitness(rows: readonly (readonly [Entry, RawEntry])[]): TimedEntry | null {
  let newest: TimedEntry | null = null;
  for (const [entry, { isUtc }] of rows) {
    if (entry.type !== "file" || isUtc || entry.modifiedPrecision === "day" || entry.modifiedMs === null) continue;
    if (newest === null || entry.modifiedMs > newest.modifiedMs) newest = { ...entry, modifiedMs: entry.modifiedMs };
  }
  return newest;
}

type TimedEntry = Entry & { readonly modifiedMs: number };

/**
 * How far the clock that made the listing is ahead of the one that MDTM goes by, in whole quarters of an hour; null when no time zone explains the
 * difference (the file has changed in between, or one of the two is wrong). The listing has cut seconds off.
 */
function minutesAhead({ modifiedMs, modifiedPrecision }: TimedEntry, toldMs: number): number | null {
  const aheadMs = modifiedMs - toldMs;
  const zoneMs = Math.round(aheadMs / quarterMs) * quarterMs;
  const cutMs = zoneMs - aheadMs;
  const isExplained = cutMs > -2 * secondMs && cutMs < (modifiedPrecision === "minute" ? minuteMs : 2 * secondMs); // FAT counts two by two
  const minutes = zoneMs / minuteMs;
  return isExplained && Math.abs(minutes) <= maxAheadMinutes ? minutes + 0 : null; // + 0: no minus zero
}

const secondMs = 1000;

function corrected(entry: Entry, { isUtc }: RawEntry, correctionMs: number): Entry {
  if (isUtc || entry.modifiedMs === null || entry.modifiedPrecision === "day") return entry;
  return { ...entry, modifiedMs: entry.modifiedMs + correctionMs };
}
